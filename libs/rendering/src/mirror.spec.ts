import type { Locale } from '#kernel';
import { mirrored } from './mirror.js';

const arabic = (source: string): string => mirrored(source, 'ar' as Locale);

describe('a source in a language that is written from the right', () => {
  it.each([
    ['alignment', '<mj-text align="left">x</mj-text>', '<mj-text align="right">x</mj-text>'],
    ['a logo', '<tc-partner-logo align="right" surface="light" />', '<tc-partner-logo align="left" surface="light" />'],
    [
      'padding of four sides',
      '<mj-text padding="16px 32px 24px 8px">x</mj-text>',
      '<mj-text padding="16px 8px 24px 32px">x</mj-text>',
    ],
    [
      'a button’s own padding',
      '<mj-button inner-padding="1px 2px 3px 4px">x</mj-button>',
      '<mj-button inner-padding="1px 4px 3px 2px">x</mj-button>',
    ],
    [
      'a border on one side',
      '<mj-column border-left="4px solid #123456">',
      '<mj-column border-right="4px solid #123456">',
    ],
    [
      'a style',
      '<td style="text-align:left;border-left:1px solid #000000">',
      '<td style="text-align:right;border-right:1px solid #000000">',
    ],
    [
      'a style sheet',
      '<style>.a { margin-left: 4px; float: left }</style>',
      '<style>.a { margin-right: 4px; float: right }</style>',
    ],
    ['an MJML style sheet', '<mj-style>.a { left: 4px }</mj-style>', '<mj-style>.a { right: 4px }</mj-style>'],
  ])('changes the sides of %s', (_, source, expected) => {
    expect(arabic(source)).toBe(expected);
  });

  it.each([
    '<mj-text align="center" padding="8px 32px">To the left of it: padding-left</mj-text>',
    '<mj-image src="images/left.png" alt="align=left" width="150px" />',
    '<a href="https://left.example/?align=left">left</a>',
    '<mj-style>.a { color: #123456 }</mj-style>',
  ])('keeps what has no side: %s', (source) => {
    expect(arabic(source)).toBe(source);
  });

  it('keeps its lines, so that a mistake is reported where it stands', () => {
    const source =
      '<mj-text\n  align="left"\n  padding="1px 2px 3px 4px"\n>\n<mj-style>\n.a {\n float: left }\n</mj-style>';
    expect(arabic(source).split('\n').length).toBe(source.split('\n').length);
  });

  it('is left alone in a language that is written from the left', () => {
    const source = '<mj-text align="left" padding="1px 2px 3px 4px">x</mj-text>';
    expect(mirrored(source, 'de' as Locale)).toBe(source);
  });
});
