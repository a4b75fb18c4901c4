import {
  allChanges,
  type DraftFile,
  mergeWithServer,
  NO_EDIT,
  ownText,
  sentFiles,
  type StoredFiles,
  withChosen,
  withoutSaved,
  withWritten,
} from './draft-sync';

const PACKAGED: StoredFiles['packaged'] = [
  { path: 'a.md', bytes: 1, hash: 'h', text: 'one\ntwo\n' },
  { path: 'hero.png', bytes: 9, hash: 'p', text: null },
];
const EMPTY: StoredFiles = { packaged: PACKAGED, changed: [] };
const NONE = new Set<string>();
const changed = (path: string, text: string | null, revision: string, rest: Partial<DraftFile> = {}): DraftFile => ({
  path,
  kind: text === null ? 'removed' : 'text',
  text,
  hash: null,
  bytes: 1,
  revision,
  savedAt: '2026-11-26T10:32:00Z',
  savedBy: 'Ben Carter',
  isYours: false,
  isStale: false,
  before: null,
  ...rest,
});
const stored = (...files: DraftFile[]): StoredFiles => ({ packaged: PACKAGED, changed: files });

describe('changes that the server does not have yet', () => {
  it('are sent with the revision that their author saw, and are gone once they are saved', () => {
    const local = withWritten(NO_EDIT, EMPTY, { 'a.md': 'mine\n', 'new.md': 'x' });
    expect(sentFiles(local, EMPTY, NONE)).toEqual([
      { path: 'a.md', revision: null, kind: 'text', text: 'mine\n' },
      { path: 'new.md', revision: null, kind: 'text', text: 'x' },
    ]);
    const typed = withWritten(local, EMPTY, { 'new.md': 'xy' });
    const saved = stored(changed('a.md', 'mine\n', 'r1'), changed('new.md', 'x', 'r1'));
    const rest = withoutSaved(typed, local.changes, saved);
    expect(rest).toEqual({ changes: { 'new.md': 'xy' }, before: { 'new.md': 'x' }, revisions: { 'new.md': 'r1' } });
    expect(allChanges(saved, rest)).toEqual({ 'a.md': 'mine\n', 'new.md': 'xy' });
  });

  it('are the same text after a save, so that nothing is checked again', () => {
    const before = stored(changed('a.md', 'mine\n', 'r1'), changed('b.md', 'x', 'r1'));
    const local = withWritten(NO_EDIT, before, { 'a.md': 'mine too\n' });
    const saved = stored(changed('b.md', 'x', 'r1'), changed('a.md', 'mine too\n', 'r2'));
    const rest = withoutSaved(local, local.changes, saved);
    expect(JSON.stringify(allChanges(saved, rest))).toBe(JSON.stringify(allChanges(before, local)));
  });

  it('take a change back where the text is that of the package again, and forget what never was', () => {
    const saved = stored(changed('a.md', 'mine\n', 'r1'));
    const back = withWritten(NO_EDIT, saved, { 'a.md': 'one\ntwo\n' });
    expect(sentFiles(back, saved, NONE)).toEqual([{ path: 'a.md', revision: 'r1', kind: 'unchanged' }]);
    expect(allChanges(saved, back)).toEqual({});
    expect(withWritten(back, saved, { 'a.md': 'mine\n' })).toEqual(NO_EDIT);
    expect(withWritten(NO_EDIT, EMPTY, { 'none.md': null })).toEqual(NO_EDIT);
  });

  it('remove a file of the package, also a picture, and a new file', () => {
    const saved = stored(changed('new.md', 'x', 'r1'));
    const local = withWritten(NO_EDIT, saved, { 'hero.png': null, 'new.md': null });
    expect(sentFiles(local, saved, NONE)).toEqual([
      { path: 'hero.png', revision: null, kind: 'removed' },
      { path: 'new.md', revision: 'r1', kind: 'unchanged' },
    ]);
    expect(allChanges(saved, local)).toEqual({ 'hero.png': null });
  });

  it('are merged with those of another user at another place', () => {
    const local = withWritten(NO_EDIT, EMPTY, { 'a.md': 'mine\ntwo\n' });
    const theirs = stored(changed('a.md', 'one\ntheirs\n', 'r1'));
    const { merged, conflicts } = mergeWithServer(local, theirs, NONE);
    expect(conflicts).toEqual([]);
    expect(sentFiles(merged!, theirs, NONE)).toEqual([
      { path: 'a.md', revision: 'r1', kind: 'text', text: 'mine\ntheirs\n' },
    ]);
  });

  it('at the same place are a conflict with a name, and either text can be chosen', () => {
    const local = withWritten(NO_EDIT, EMPTY, { 'a.md': 'mine\ntwo\n' });
    const theirs = stored(changed('a.md', 'theirs\ntwo\n', 'r1'));
    const { merged, conflicts } = mergeWithServer(local, theirs, NONE);
    expect(merged).toBeNull();
    expect(conflicts).toMatchObject([{ path: 'a.md', mine: 'mine\ntwo\n', theirs: 'theirs\ntwo\n', by: 'Ben Carter' }]);
    const mine = withChosen(local, theirs, 'a.md', 'mine\ntwo\n');
    expect(sentFiles(mine, theirs, NONE)).toMatchObject([{ revision: 'r1', text: 'mine\ntwo\n' }]);
    expect(mergeWithServer(mine, theirs, NONE).conflicts).toEqual([]);
    expect(withChosen(local, theirs, 'a.md', 'theirs\ntwo\n')).toEqual(NO_EDIT);
  });

  it('are no conflict with what this browser saved itself', () => {
    const local = withWritten(NO_EDIT, EMPTY, { 'a.md': 'mine, and more\n' });
    const saved = stored(changed('a.md', 'mine\n', 'r1'));
    const own = new Set(['r1']);
    expect(mergeWithServer(local, saved, own)).toEqual({ merged: null, conflicts: [] });
    expect(sentFiles(local, saved, own)).toMatchObject([{ revision: 'r1' }]);
  });

  it('are no conflict with the same text, or with one that was sent although no answer came', () => {
    const local = withWritten(NO_EDIT, EMPTY, { 'a.md': 'mine\n' });
    const saved = stored(changed('a.md', 'mine\n', 'r1'));
    expect(mergeWithServer(local, saved, NONE)).toEqual({ merged: NO_EDIT, conflicts: [] });
    const more = withWritten(local, EMPTY, { 'a.md': 'mine, and more\n' });
    const own = new Set([ownText('a.md', 'mine\n')]);
    expect(mergeWithServer(more, saved, own)).toEqual({ merged: null, conflicts: [] });
    expect(sentFiles(more, saved, own)).toMatchObject([{ revision: 'r1', text: 'mine, and more\n' }]);
  });

  it('of replaced files count only once they are merged', () => {
    const stale = stored(changed('a.md', 'old\n', 'r1', { isStale: true, before: 'older\n' }));
    expect(allChanges(stale, NO_EDIT)).toEqual({});
    const local = withWritten(NO_EDIT, stale, { 'a.md': 'merged\n' });
    expect(sentFiles(local, stale, NONE)).toMatchObject([{ revision: 'r1', kind: 'text', text: 'merged\n' }]);
  });
});
