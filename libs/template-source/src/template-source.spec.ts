import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChangeSet, Text } from '@codemirror/state';
import fc from 'fast-check';
import {
  applyChanges,
  attributeOf,
  blocksOf,
  canContain,
  copyElement,
  contentOf,
  insertMarkup,
  isContainer,
  keysIn,
  levelOf,
  moveElement,
  onlyKeyOf,
  parseSource,
  removeAttribute,
  removeElement,
  renameElement,
  setAttribute,
  setContent,
  type SourceElement,
  type TextChange,
  unwrapElement,
  withBlockNumbers,
  wrapContent,
  wrapElement,
} from './index.js';
import { elementsIn } from './source-tree.js';

const TEMPLATES = join(import.meta.dirname, '../../../templates');
const shippedIn = (section: 'emails' | 'pages'): string[] =>
  ['cloud-cost-clarity', 'zero-trust-edge'].flatMap((campaign) => {
    const folder = join(TEMPLATES, campaign, section);
    return readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  });
const shipped = shippedIn('emails');
const shippedPages = shippedIn('pages');
const ODD = `<mjml>\r\n<!-- <mj-text>no</mj-text> -->\r\n\t<mj-body><mj-section>\r\n\t\t<mj-column>\r
\t\t\t<mj-text align='left' align="right" >a &amp; <b>b</b> {{#when industry="<x>"}}<i>{{else}}</i>{{/when}}</mj-text>\r
\t\t\t<mj-image src="images/a.png" alt="{{t "a.alt"}}" />\r
\t\t</mj-column><mj-column/>\r\n\t</mj-section>\r\n\t<mj-raw><p>loose<br></mj-raw>\r\n</mj-body></mjml>`;
const BRANCHED = `<mjml><mj-body>
  <tc-optional name="event" label="Event">
    <mj-section><mj-column>
      <tc-choice name="proof" label="{{t "slots.proof"}}">
        <tc-option name="a" label="A"><mj-text>One</mj-text></tc-option>
        <tc-option name="b" label="B">
          <mj-image src="images/a.png" alt="" />
        </tc-option>
      </tc-choice>
      <tc-button name="cta" label="Button" href="{{links.demo}}">{{t "cta"}}</tc-button>
    </mj-column></mj-section>
  </tc-optional>
</mj-body></mjml>`;
const ODD_PAGE = `<!DOCTYPE html>\r\n<!-- <mjml> --><html><body>\r\n\t<DIV CLASS=wide>\r
\t\t<img src="a.png" alt="{{t "a.alt"}}"><hr/>\r
\t\t<P Align='left' align="right">a &amp; <b>b</b><br>{{#when industry="<x>"}}<i>{{else}}</i>{{/when}}</p >\r
\t\t<!-- <p>no</p> --><ul>\r\n\t\t\t<li>{{t "a"}}</li><li><strong>1</strong> 2</li>\r\n\t\t</ul>\r
\t</DIV><section></section><video src=x></video>\r
\t<div><p>open<p>open</div><table><tr><td>1</table><style>p > b { color: red }</style>\r\n</body></html>`;
const BRANCHED_PAGE = `<body>
  <tc-optional name="event" label="Event">
    <section style="display: flex; gap: 24px">
      <div>
        <tc-choice name="proof" label="{{t "slots.proof"}}">
          <tc-option name="a" label="A"><p>One</p></tc-option>
          <tc-option name="b" label="B">
            <img src="images/a.png" alt="">
          </tc-option>
        </tc-choice>
      </div>
      <div><a href="{{links.demo}}" style="color:{{brand.link}}">{{t "cta"}}</a><div style="height: 24px" aria-hidden="true"></div></div>
    </section>
  </tc-optional>
  <tc-form></tc-form>
</body>`;
const pages = [...shippedPages, ...shippedPages.map((text) => text.replaceAll('\n', '\r\n')), ODD_PAGE, BRANCHED_PAGE];
const sources = [...shipped, ...shipped.map((text) => text.replaceAll('\n', '\r\n')), ODD, BRANCHED, ...pages];

/** A tree without offsets: names, attributes, and the text of leaves. */
const shapeOf = (source: string, element: SourceElement): unknown => [
  element.name,
  element.attributes.map(({ name, valueStart, valueEnd }) => [name, source.slice(valueStart, valueEnd)]),
  element.children.length > 0
    ? element.children.map((child) => shapeOf(source, child))
    : contentOf(source, element).trim(),
];

/** The file rebuilt of what its tree says. */
function rebuilt(source: string, { openEnd, closeStart, children }: SourceElement): string {
  let at = openEnd;
  let out = '';
  for (const child of children) {
    const inner = child.selfClosing ? '' : rebuilt(source, child);
    const open = source.slice(child.start, child.openEnd);
    out += source.slice(at, child.start) + open + inner + source.slice(child.closeStart, child.end);
    at = child.end;
  }
  return out + source.slice(at, closeStart);
}

/** `mj-raw` may stand at every level. */
const leaves = (source: string): string[] =>
  blocksOf(parseSource(source))
    .filter((block) => !isContainer(block))
    .map(({ start, end }) => source.slice(start, end))
    .toSorted();

interface Act {
  readonly changes: TextChange[];
  /** Range of the source outside which nothing changes. */
  readonly within?: readonly [number, number];
  /** Blocks that come or go. */
  readonly more: number;
}

/** Each edit that fits a block. `n` chooses among its variants. */
const ACTS: Record<string, (source: string, block: SourceElement, n: number) => Act | null> = {
  'set an attribute': (_source, block) => ({
    changes: setAttribute(block, 'padding', '7px "8px" & <9px>'),
    within: [block.start, block.openEnd],
    more: 0,
  }),
  'remove an attribute': (_source, block) => ({
    changes: removeAttribute(block, block.attributes[0]?.name ?? 'padding'),
    within: [block.start, block.openEnd],
    more: 0,
  }),
  'set the content': (_source, block) =>
    ['mj-text', 'mj-button', 'tc-slot', 'p', 'a', 'li'].includes(block.name)
      ? { changes: setContent(block, 'New <b>words</b>'), within: [block.start, block.end], more: 0 }
      : null,
  'remove it': (source, block) => ({
    changes: removeElement(source, block),
    more: -1 - blocksOf(parseSource(source)).filter(({ start, end }) => start > block.start && end < block.end).length,
  }),
  'insert beside it': (source, block, n) => {
    const markup = { section: '<mj-section>\n</mj-section>', column: '<mj-column />', content: '<mj-spacer />' };
    const item = block.name === 'li' ? '<li>\n  New\n</li>' : '<div>\n</div>';
    const made = block.kind === 'page' ? item : markup[levelOf(block)];
    return {
      changes: insertMarkup(source, { beside: block, after: n % 2 === 0 }, made),
      more: 1,
    };
  },
  'insert into it': (source, block) => {
    const [name, markup] = block.kind === 'page' ? ['hr', '<hr>'] : ['mj-spacer', '<mj-spacer />'];
    return canContain(block, name)
      ? { changes: insertMarkup(source, { into: block }, markup), within: [block.start, block.end], more: 1 }
      : null;
  },
  'move it': (source, block, n) => {
    const others = blocksOf(parseSource(source)).filter(
      (other) => canContain(other.parent, block.name) && (other.start >= block.end || other.end <= block.start),
    );
    const target = others[n % Math.max(others.length, 1)];
    if (target === undefined) return null;
    const here = blocksOf(parseSource(source)).find(({ start }) => start === block.start) ?? block;
    return { changes: moveElement(source, here, { beside: target, after: n % 2 === 0 }), more: 0 };
  },
  'copy it': (source, block) => ({
    changes: copyElement(source, block, source.slice(block.start, block.end)),
    more: 1 + blocksOf(parseSource(source)).filter(({ start, end }) => start > block.start && end < block.end).length,
  }),
  'rename it': (_source, block) => {
    const opened = { 'mj-text': 'tc-slot', 'mj-button': 'tc-button', a: 'tc-button' }[block.name];
    return opened === undefined
      ? null
      : { changes: renameElement(block, opened), within: [block.start, block.end], more: 0 };
  },
  'wrap it': (source, block) =>
    canContain(block.parent, 'tc-optional')
      ? { changes: wrapElement(source, block, '<tc-optional name="x">', '</tc-optional>'), more: 1 }
      : null,
  'wrap what is in it': (source, block) =>
    block.name === 'mj-section' && block.children.length > 0 && block.children.every(({ name }) => name === 'mj-column')
      ? {
          changes: wrapContent(source, block, '<mj-group>', '</mj-group>'),
          within: [block.openEnd, block.closeStart],
          more: 1,
        }
      : null,
  // Few blocks are in branches: any of them, not the chosen block.
  'unwrap it': (source, _block, n) => {
    const branches = blocksOf(parseSource(source)).filter(
      ({ name, children }) =>
        ['tc-when', 'tc-optional'].includes(name) && children.every((child) => child.name !== 'tc-else'),
    );
    const branch = branches[n % Math.max(branches.length, 1)];
    return branch === undefined ? null : { changes: unwrapElement(source, branch), more: -1 };
  },
};

describe('the source of an e-mail or page', () => {
  it.each(sources.map((source, at) => [at, source]))('is in its tree byte for byte (%i)', (_at, source) => {
    const { root, problems } = parseSource(source);
    expect(problems).toEqual([]);
    expect(rebuilt(source, root)).toBe(source);
    expect(blocksOf({ root, problems }).length).toBeGreaterThan(2);
  });

  it('is edited in the intended range only, stays readable, and comes back by undo', () => {
    const seen = new Set<string>();
    const act = fc.record({
      source: fc.constantFrom(...sources),
      name: fc.constantFrom(...Object.keys(ACTS)),
      at: fc.nat(500),
      n: fc.nat(500),
    });
    fc.assert(
      fc.property(act, ({ source, name, at, n }) => {
        const blocks = blocksOf(parseSource(source));
        const block = blocks[at % blocks.length];
        const made = block === undefined ? null : (ACTS[name]?.(source, block, n) ?? null);
        if (made === null || block === undefined) return;
        seen.add(name);
        const { changes, within, more } = made;
        const after = applyChanges(source, changes);
        const tree = parseSource(after);
        expect(tree.problems).toEqual([]);
        expect(blocksOf(tree)).toHaveLength(blocks.length + more);
        if (within !== undefined) {
          expect(after.slice(0, within[0])).toBe(source.slice(0, within[0]));
          expect(after.endsWith(source.slice(within[1]))).toBe(true);
        }
        if (name === 'move it') expect(leaves(after)).toEqual(leaves(source));
        const set = ChangeSet.of([...changes], source.length, '\n');
        const text = Text.of(source.split('\n'));
        expect(set.apply(text).sliceString(0, undefined, '\n')).toBe(after);
        expect(set.invert(text).apply(set.apply(text)).sliceString(0, undefined, '\n')).toBe(source);
        // Windows line ends stay, and a file without them gets none.
        if (!source.includes('\r')) expect(after).not.toContain('\r');
        if (source === sources[shipped.length]) expect(after.replaceAll('\r\n', '')).not.toContain('\n');
      }),
      { numRuns: 1200 },
    );
    expect([...seen].toSorted()).toEqual(Object.keys(ACTS).toSorted());
  });

  it('of 400 blocks is read and edited as well, in its bytes only', () => {
    const row = (at: number): string =>
      `<mj-section><mj-column><mj-text>{{t "many.text-${at}"}}</mj-text></mj-column></mj-section>\n`;
    const rows = Array.from({ length: 400 }, (_, at) => row(at));
    const source = `<mjml><mj-body>\n${rows.join('')}</mj-body></mjml>`;
    const texts = blocksOf(parseSource(source)).filter(({ name }) => name === 'mj-text');
    expect(texts).toHaveLength(400);
    const [first, last] = [texts[0], texts[399]];
    if (first === undefined || last === undefined) throw new Error('It has 400 texts.');
    const after = applyChanges(source, moveElement(source, last, { beside: first, after: false }));
    expect(blocksOf(parseSource(after))).toHaveLength(1200);
    expect(leaves(after)).toEqual(leaves(source));
    expect(after).toContain(rows.slice(1, 399).join(''));
  });

  it('is the same after tags were put around a block and taken away', () => {
    for (const source of sources)
      for (const block of blocksOf(parseSource(source)).filter(({ name }) => !['li', 'tc-option'].includes(name))) {
        const wrapped = applyChanges(source, wrapElement(source, block, '<tc-when country="DE">', '</tc-when>'));
        expect(wrapped).toContain(source.slice(block.start, block.end));
        const around = elementsIn(parseSource(wrapped).root).find(
          ({ name, children }) =>
            name === 'tc-when' &&
            children.length === 1 &&
            wrapped.slice(children[0]?.start, children[0]?.end) === source.slice(block.start, block.end),
        );
        if (around === undefined) throw new Error('The block is in a condition.');
        expect(applyChanges(wrapped, unwrapElement(wrapped, around))).toBe(source);
      }
  });

  it('knows where branches may stand', () => {
    const blocks = blocksOf(parseSource(BRANCHED));
    const named = (wanted: string) => blocks.find(({ name }) => name === wanted) ?? null;
    expect(blocks.map(({ name }) => name)).toEqual(
      'tc-optional mj-section mj-column tc-choice tc-option mj-text tc-option mj-image tc-button'.split(' '),
    );
    expect([canContain(named('tc-optional'), 'mj-section'), canContain(named('tc-optional'), 'mj-text')]).toEqual([
      true,
      false,
    ]);
    expect([canContain(named('tc-option'), 'mj-section'), canContain(named('tc-option'), 'mj-text')]).toEqual([
      false,
      true,
    ]);
    expect(blocks.map((block) => levelOf(block)).join(' ')).toBe(
      'section section column content content content content content content',
    );
  });

  it('keeps what it does not understand when a block beside it moves', () => {
    const [, button] = blocksOf(parseSource(ODD)).filter((block) => levelOf(block) === 'content');
    const [text] = blocksOf(parseSource(ODD)).filter((block) => levelOf(block) === 'content');
    if (button === undefined || text === undefined) throw new Error('The source has two blocks.');
    const moved = applyChanges(ODD, moveElement(ODD, button, { beside: text, after: false }));
    expect(moved).toContain('<!-- <mj-text>no</mj-text> -->');
    expect(moved).toContain('<mj-raw><p>loose<br></mj-raw>');
    expect(moved.indexOf('<mj-image')).toBeLessThan(moved.indexOf('<mj-text align'));
    expect(moved).toHaveLength(ODD.length);
  });

  it('has the first of two attributes with one name', () => {
    const text = elementsIn(parseSource(ODD).root).find(({ name }) => name === 'mj-text');
    if (text === undefined) throw new Error('The source has a text.');
    expect(attributeOf(ODD, text, 'align')).toBe('left');
    const source = applyChanges(ODD, setAttribute(text, 'align', 'center'));
    expect(source).toContain(`align='center' align="right"`);
  });

  it('puts a block into a column without an end tag', () => {
    const column = blocksOf(parseSource(ODD)).find(({ selfClosing, name }) => selfClosing && name === 'mj-column');
    if (column === undefined) throw new Error('The source has an empty column.');
    const source = applyChanges(ODD, insertMarkup(ODD, { into: column }, '<mj-spacer />'));
    expect(source).toContain('<mj-column><mj-spacer /></mj-column>');
  });

  it('numbers its blocks without another change', () => {
    for (const source of sources) {
      const numbered = withBlockNumbers(source);
      expect(numbered.replaceAll(/ tc-block="\d+"/g, '')).toBe(source);
      const shape = (text: string) =>
        JSON.stringify(shapeOf(text, parseSource(text).root)).replaceAll(/\["tc-block","\d+"\],?/g, '');
      expect(shape(numbered).replaceAll(',]', ']')).toBe(shape(source));
    }
  });

  it('has a text by its key, alone or among others', () => {
    expect(onlyKeyOf(' {{t "a.b"}}\n')).toBe('a.b');
    expect(onlyKeyOf('{{t "a.b"}}!')).toBeNull();
    expect(keysIn(`{{t 'a'}} {{recipient.email}} {{fallback recipient.greeting (t "c")}} {{t "d"}}`)).toEqual([
      { key: 'a', from: 0, to: 9 },
      { key: 'd', from: 70, to: 79 },
    ]);
  });
});
