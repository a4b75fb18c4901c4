import { mergeEdits } from './merge-edits';

const FILE = 'locales/en.yaml';
const edit = (before: string, mine: string) => ({ changes: { [FILE]: mine }, before: { [FILE]: before } });

describe('changes to files that other users have changed since', () => {
  it('are merged if they are at other places', () => {
    const { texts, clashes } = mergeEdits(edit('a: one\nb: two\n', 'a: mine\nb: two\n'), {
      [FILE]: 'a: one\nb: theirs\n',
    });
    expect([texts[FILE], clashes]).toEqual(['a: mine\nb: theirs\n', []]);
  });

  it('win a conflict at the same place, and the file is named', () => {
    const { texts, clashes } = mergeEdits(edit('a: one\n', 'a: mine\n'), { [FILE]: 'a: theirs\n' });
    expect([texts[FILE], clashes]).toEqual(['a: mine\n', [FILE]]);
  });

  it('restore a file that was deleted, and name it', () => {
    const { texts, clashes } = mergeEdits(edit('a: one\n', 'a: mine\n'), {});
    expect([texts[FILE], clashes]).toEqual(['a: mine\n', [FILE]]);
  });

  it('create a file', () => {
    expect(mergeEdits({ changes: { [FILE]: 'a: mine\n' }, before: {} }, {})).toEqual({
      texts: { [FILE]: 'a: mine\n' },
      clashes: [],
    });
  });

  it('delete a file, and name it if others have changed it', () => {
    const removal = { changes: { [FILE]: null }, before: { [FILE]: 'a: one\n' } };
    expect(mergeEdits(removal, { [FILE]: 'a: one\n' })).toEqual({ texts: { [FILE]: null }, clashes: [] });
    expect(mergeEdits(removal, { [FILE]: 'a: theirs\n' })).toEqual({ texts: { [FILE]: null }, clashes: [FILE] });
    expect(mergeEdits(removal, {})).toEqual({ texts: {}, clashes: [] });
  });
});
