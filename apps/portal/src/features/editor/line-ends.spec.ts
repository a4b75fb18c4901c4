import { withLineEndsOf, withLineFeeds } from './line-ends';

describe('the line ends of a file', () => {
  const WINDOWS = 'a: 1\r\nb: 2\r\nc: 3\r\n';

  it.each([
    ['a change of a line', WINDOWS, 'a: 1\nb: 4\nc: 3\n', 'a: 1\r\nb: 4\r\nc: 3\r\n'],
    ['a new line', WINDOWS, 'a: 1\nb: 2\nnew: 1\nc: 3\n', 'a: 1\r\nb: 2\r\nnew: 1\r\nc: 3\r\n'],
    ['a removed line', WINDOWS, 'a: 1\nc: 3\n', 'a: 1\r\nc: 3\r\n'],
    ['a lost last line end', WINDOWS, 'a: 1\nb: 2\nc: 3', 'a: 1\r\nb: 2\r\nc: 3'],
    ['no change', WINDOWS, 'a: 1\nb: 2\nc: 3\n', WINDOWS],
    ['a file of both kinds', 'a\r\nb\r\nc\nd\n', 'a\nB\nc\nd\n', 'a\r\nB\r\nc\nd\n'],
    ['a file with line feeds', 'a\nb\n', 'a\nc\n', 'a\nc\n'],
    ['an empty text', WINDOWS, '', ''],
  ])('stay with %s', (_, before, after, expected) => {
    expect(withLineEndsOf(before, after)).toBe(expected);
  });

  it('are line feeds for the editor', () => {
    expect(withLineFeeds(WINDOWS)).toBe('a: 1\nb: 2\nc: 3\n');
    expect(withLineEndsOf(WINDOWS, withLineFeeds(WINDOWS))).toBe(WINDOWS);
  });
});
