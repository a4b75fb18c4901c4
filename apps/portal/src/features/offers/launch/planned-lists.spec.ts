import { type Lists, plannedLists } from './planned-lists';

const list = (id: string, size: number, isDefault = false): Lists[number] => ({
  id,
  name: `List ${id}`,
  isDefault,
  size,
  rule: null,
  createdAt: '2026-11-01T00:00:00.000Z',
});
const LISTS = [list('a', 5, true), list('b', 3), list('c', 0)];
const NOTHING = { lists: null, exclude: [] };

describe('the lists of a launch', () => {
  it('are the default list where nothing is chosen', () => {
    expect(plannedLists(LISTS, NOTHING)).toMatchObject({ include: ['a'], exclude: [], size: 5, isGone: false });
  });

  it('are the first with contacts where the default list has none, and no list where none has', () => {
    expect(plannedLists([list('a', 0, true), list('b', 3)], NOTHING).include).toEqual(['b']);
    expect(plannedLists([list('a', 0, true)], NOTHING)).toMatchObject({ include: [], isGone: false });
  });

  it('are those that are chosen, also none', () => {
    expect(plannedLists(LISTS, { lists: ['a', 'b'], exclude: ['c'] })).toMatchObject({
      include: ['a', 'b'],
      exclude: ['c'],
      names: 'List a, List b',
    });
    expect(plannedLists(LISTS, { lists: [], exclude: [] })).toMatchObject({ include: [], isGone: false });
  });

  it('say that a chosen list is gone, and go on with the others, or with the default', () => {
    expect(plannedLists(LISTS, { lists: ['b', 'x'], exclude: [] })).toMatchObject({ include: ['b'], isGone: true });
    expect(plannedLists(LISTS, { lists: ['x'], exclude: ['a'] })).toMatchObject({
      include: ['a'],
      exclude: [],
      isGone: true,
    });
  });
});
