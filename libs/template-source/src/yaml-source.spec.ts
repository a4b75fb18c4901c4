import { isMap, isSeq } from 'yaml';
import { changeYaml, readYaml } from './yaml-file.js';

/** As another author writes: four spaces, no padding, long lines, blank lines. */
const FOREIGN = `# Copy of the spring campaign


welcome:
    subject:   'It''s time'   # at most 60
    body: >
        A long text
        that is folded.

    "title":  "Hello"
offer: {default: Ask us.,   button: Claim it}   # a button
steps:
-   key: one
    email: welcome

# The second
-   key: two   # waits
    wait: {days: 3}
list:
    - a
    - b
end: last
`;

describe('a change of a YAML file of another author', () => {
  const changed = (before: string, after: string): string => {
    expect(FOREIGN).toContain(before);
    return FOREIGN.replace(before, after);
  };

  it.each([
    ['a quoted text', ['welcome', 'subject'], 'Time: now', `'It''s time'`, `'Time: now'`],
    ['a text with a quoted key', ['welcome', 'title'], 'Bye', '"Hello"', '"Bye"'],
    ['a text in braces', ['offer', 'default'], 'Ask us, now', 'Ask us.', '"Ask us, now"'],
    ['an item of a list', ['list', 1], 'c', '- b', '- c'],
    ['a plain text', ['end'], 'first: second', 'end: last', 'end: "first: second"'],
    ['a text that gets a second line', ['end'], 'one\ntwo', 'end: last', 'end: "one\\ntwo"'],
  ])('changes %s and no other byte', (_, path, text, before, after) => {
    expect(changeYaml(FOREIGN, (document) => document.setIn(path, text))).toBe(changed(before, after));
  });

  it('changes a folded text and leaves the lines around it', () => {
    const written = changeYaml(FOREIGN, (document) => document.setIn(['welcome', 'body'], 'Short.\n'));
    expect(written).toBe(changed('        A long text\n        that is folded.\n', '      Short.\n'));
  });

  it('adds a text at the end of its group, and a group at the end of the file', () => {
    const added = changeYaml(FOREIGN, (document) => document.setIn(['welcome', 'more'], 'More'));
    expect(added).toBe(changed('    "title":  "Hello"\n', '    "title":  "Hello"\n    more: More\n'));
    const group = changeYaml(FOREIGN, (document) => document.setIn(['page'], document.createNode({ title: 'T' })));
    expect(group).toBe(`${FOREIGN}page:\n  title: T\n`);
  });

  it('adds to braces and brackets, and removes from them, without a change of the other items', () => {
    const flow = `form:\n  { # of the page\n    fields: [ 'a',  b ], # two\n    send: Go,\n    thanks: Bye\n  }\n`;
    const change = (text: string, path: string[], value: unknown): string =>
      changeYaml(text, (document) => {
        if (value === undefined) document.deleteIn(path);
        else document.setIn(path, document.createNode(value));
      });
    const more = change(flow, ['form', 'twice'], true);
    expect(more).toBe(flow.replace('thanks: Bye', 'thanks: Bye,\n    twice: true'));
    expect(change(more, ['form', 'twice'], undefined)).toBe(flow);
    expect(change(flow, ['form', 'fields', '2'], 'c')).toBe(flow.replace('b ]', 'b, c ]'));
    expect(change(flow, ['form', 'fields', '0'], undefined)).toBe(flow.replace(`'a',  b`, 'b'));
    expect(change(flow, ['form', 'send'], undefined)).toBe(flow.replace(', # two\n    send: Go', ''));
  });

  it('removes a text with its line', () => {
    const written = changeYaml(FOREIGN, (document) => document.deleteIn(['welcome', 'subject']));
    expect(written).toBe(changed("    subject:   'It''s time'   # at most 60\n", ''));
  });

  it('moves and adds items of a list with their comments', () => {
    const steps = FOREIGN.slice(FOREIGN.indexOf('-   key: one'), FOREIGN.indexOf('list:'));
    const second = '\n# The second\n-   key: two   # waits\n    wait: {days: 3}\n';
    const moved = changeYaml(FOREIGN, (document) => {
      const seq = document.get('steps');
      if (isSeq(seq)) seq.items.reverse();
    });
    expect(moved).toBe(changed(steps, `${second}-   key: one\n    email: welcome\n`));
    const added = changeYaml(FOREIGN, (document) => {
      const seq = document.get('steps');
      if (isSeq(seq)) seq.items.splice(1, 0, document.createNode({ key: 'new', wait: { days: 1 } }, { flow: true }));
    });
    const one = '-   key: one\n    email: welcome\n';
    expect(added).toBe(changed(one, `${one}- { key: new, wait: { days: 1 } }\n`));
  });

  it('changes a field of an item, and adds one to it', () => {
    const written = changeYaml(FOREIGN, (document) => {
      const step = document.getIn(['steps', 0], true);
      if (!isMap(step)) return;
      step.set('email', 'proof');
      step.set('next', 'end');
    });
    expect(written).toBe(changed('    email: welcome\n', '    email: proof\n    next: end\n'));
  });

  it('writes a file anew where it has anchors, and loses no text', () => {
    const text = 'a: &x { one: 1 }\nb: *x\nc: last\n';
    const written = changeYaml(text, (document) => document.set('c', 'changed'));
    expect(written).toContain('c: changed');
    expect(written).toContain('b: *x');
  });

  it('names the line of an alias without an anchor', () => {
    expect(readYaml('a: &x 1\nb: *x\nc: "*"\n').ok).toBe(true);
    expect(readYaml('a: &x 1\nb: *x\nc: { d: *y }\n')).toEqual({ ok: false, line: 3 });
  });
});
