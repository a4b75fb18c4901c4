import { mergeEdits } from './merge-edits';

const FILE = 'locales/en.yaml';
const edit = (before: string, mine: string) => ({ changes: { [FILE]: mine }, before: { [FILE]: before } });

describe('changes to files that others have changed since', () => {
  it('go into them where the places differ', () => {
    const { texts, clashes } = mergeEdits(edit('a: one\nb: two\n', 'a: mine\nb: two\n'), {
      [FILE]: 'a: one\nb: theirs\n',
    });
    expect([texts[FILE], clashes]).toEqual(['a: mine\nb: theirs\n', []]);
  });

  it('stand as they were written where the place is the same, and the file is named', () => {
    const { texts, clashes } = mergeEdits(edit('a: one\n', 'a: mine\n'), { [FILE]: 'a: theirs\n' });
    expect([texts[FILE], clashes]).toEqual(['a: mine\n', [FILE]]);
  });

  it('bring back a file that somebody took away, and name it', () => {
    const { texts, clashes } = mergeEdits(edit('a: one\n', 'a: mine\n'), {});
    expect([texts[FILE], clashes]).toEqual(['a: mine\n', [FILE]]);
  });

  it('make a file that there is none of', () => {
    expect(mergeEdits({ changes: { [FILE]: 'a: mine\n' }, before: {} }, {})).toEqual({
      texts: { [FILE]: 'a: mine\n' },
      clashes: [],
    });
  });

  it('take a file away, and name it where others have written to it', () => {
    const removal = { changes: { [FILE]: null }, before: { [FILE]: 'a: one\n' } };
    expect(mergeEdits(removal, { [FILE]: 'a: one\n' })).toEqual({ texts: { [FILE]: null }, clashes: [] });
    expect(mergeEdits(removal, { [FILE]: 'a: theirs\n' })).toEqual({ texts: { [FILE]: null }, clashes: [FILE] });
    expect(mergeEdits(removal, {})).toEqual({ texts: {}, clashes: [] });
  });
});
