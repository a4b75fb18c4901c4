const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Plain text as the catalogues of e-mails have it. */
export const asHtml = (text: string): string =>
  text
    .trim()
    .replaceAll(/[&<>]/g, (letter) => ESCAPES[letter] ?? letter)
    .replaceAll(/\r?\n/g, '<br />');
