import type { Translation } from '#translation';
import { importable, matching, portionsOf, releasable } from './desk';

const text = (key: string, rest: Partial<Translation> = {}): Translation => ({
  key,
  path: key.split('.'),
  source: 'Read this',
  text: 'Lesen',
  state: 'draft',
  sourceBefore: null,
  places: [],
  note: null,
  ...rest,
});
const keys = (texts: readonly { readonly key: string }[]): string[] => texts.map(({ key }) => key);

describe('the list of texts', () => {
  it('keeps the open text when another person releases it', () => {
    const open = { filter: 'open', search: '', stays: new Set<string>() } as const;
    const before = [text('a'), text('b')];
    const after = [text('a', { state: 'reviewed' }), text('b')];
    expect(keys(matching(before, { ...open, chosen: 'a' }))).toEqual(['a', 'b']);
    expect(keys(matching(after, { ...open, chosen: 'a' }))).toEqual(['a', 'b']);
    expect(keys(matching(after, { ...open, chosen: 'b' }))).toEqual(['b']);
  });
});

describe('portions of texts', () => {
  const said = (count: number, length: number) =>
    Array.from({ length: count }, (_, at) => ({ key: `k${at}`, source: '', text: 'ü'.repeat(length) }));

  it.each([
    ['by number', said(700, 10), [300, 300, 100]],
    // 20,000 letters of two bytes.
    ['by bytes', said(25, 20_000), [9, 9, 7]],
    ['a text that is larger alone', said(2, 250_000), [1, 1]],
    ['nothing', [], []],
  ])('%s', (_, texts, sizes) => {
    const portions = portionsOf(texts);
    expect(portions.map(({ length }) => length)).toEqual(sizes);
    expect(portions.flat()).toEqual(texts);
  });
});

describe('the import of checked texts', () => {
  it('leaves out what has changed since the check, and what is gone', () => {
    const checked = [
      { key: 'same', before: 'Lesen', text: 'Neu' },
      { key: 'newer', before: 'Lesen', text: 'Neu' },
      { key: 'stored', before: 'Lesen', text: 'Neu' },
      { key: 'first', before: null, text: 'Neu' },
      { key: 'gone', before: 'Lesen', text: 'Neu' },
    ];
    const now = [
      text('same'),
      text('newer', { text: 'Von einer Kollegin' }),
      // Stored before the import broke off: it may be imported again.
      text('stored', { text: 'Neu' }),
      text('first', { text: null, state: 'missing' }),
    ];
    const { taken, left } = importable(checked, now);
    expect(keys(taken)).toEqual(['same', 'stored', 'first']);
    expect(left.map(({ key, now: text }) => [key, text])).toEqual([
      ['newer', 'Von einer Kollegin'],
      ['gone', null],
    ]);
  });
});

describe('what a reviewer may release at once', () => {
  const texts = [text('theirs'), text('own'), text('unsaid', { state: 'new' }), text('done', { state: 'reviewed' })];
  const record = (key: string, isYours: boolean) => ({
    locale: 'de',
    key,
    source: 'Read this',
    text: 'Lesen',
    isReviewed: false,
    translatedAt: '2026-10-01T08:00:00.000Z',
    translatedBy: 'Maya Lindqvist',
    isYours,
    reviewedAt: null,
    reviewedBy: null,
  });
  const records = [record('theirs', false), record('own', true)];

  it.each([
    ['allowed', ['theirs', 'own', 'unsaid']],
    ['refused', ['theirs']],
  ] as const)('with own reviews %s', (ownReview, released) => {
    const desk = { rule: { unreviewed: 'hold' as const, ownReview }, records };
    expect(keys(releasable(texts, desk, 'de'))).toEqual(released);
  });
});
