import { convert, type FormatCallback } from 'html-to-text';

/** Lines that contain only block markers. */
const MARKER_LINES = /\n{0,2}^(?:tcm[0-9a-f]+x\d+z(?:\n+|$(?![\s\S])))+/gm;

/** A link to a telephone number; without its address if its text is the number. */
const telephoneLink =
  (phones: readonly string[]): FormatCallback =>
  (element, walk, builder, options) => {
    const text = element.children.map(({ data }) => data ?? '').join('');
    if (phones.includes(text.trim())) walk(element.children, builder);
    else builder.options.formatters['anchor']?.(element, walk, builder, options);
  };

/**
 * The plain-text part of an e-mail, from the master with its tokens, so that
 * both parts have the same holes. The empty line between paragraphs comes after
 * the markers. A recipient gets it once, whichever blocks are included.
 * @param phones tokens of a telephone number as people read it. A link whose
 *   text is one has no address beside it: that would be the number again, and
 *   `tel:+` for a partner without one.
 */
export function plainText(htmlWithTokens: string, phones: readonly string[] = []): string {
  const html = htmlWithTokens.replace(/<!--(tcm[0-9a-f]+x\d+z)-->/g, '<p>$1</p>');
  const text = convert(html, {
    wordwrap: false,
    formatters: { telephone: telephoneLink(phones) },
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: 'head', format: 'skip' },
      { selector: 'style', format: 'skip' },
      { selector: 'div.tc-preview', format: 'skip' },
      {
        selector: 'a[href^="tel:"]',
        format: 'telephone',
        options: { linkBrackets: ['[', ']'], hideLinkHrefIfSameAsText: true },
      },
      { selector: 'a', options: { linkBrackets: ['[', ']'], hideLinkHrefIfSameAsText: true } },
      { selector: 'h1', options: { uppercase: false } },
      { selector: 'h2', options: { uppercase: false } },
      { selector: 'table', format: 'block' },
      { selector: 'td', format: 'block' },
      { selector: 'th', format: 'block' },
    ],
  });
  return `${text
    .replace(/[\u00A0\u200B\u200C\u034F]/g, ' ')
    .replace(/(?<![ \t])[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .replace(MARKER_LINES, (lines, at: number) => `${lines.replace(/\n/g, '')}${at === 0 ? '' : '\n\n'}`)
    .trim()}\n`;
}
