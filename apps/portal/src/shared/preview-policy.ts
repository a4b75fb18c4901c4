/**
 * As the HTML tokenizer reads it: only HTML white space, and the first `>` ends
 * it, even inside quotes.
 */
const DOCTYPE = /^[\t\n\f\r ]*<!doctype[^>]*>/i;

/**
 * Adds a content security policy as the first element: pictures from the
 * portal's origin, inline styles, nothing else. A sandboxed document has an
 * opaque origin, so `'self'` would match nothing. The HTML parser opens a head
 * for the policy, and merges the document's own `<html>` and `<head>` into it.
 * Only the doctype stays in front, because it selects the layout mode.
 * @param origin of the pictures: `https://portal.example`.
 */
export function withPolicy(html: string, origin: string): string {
  const [doctype = ''] = DOCTYPE.exec(html) ?? [];
  const policy = `default-src 'none'; img-src ${origin} data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`;
  return `${doctype}<meta http-equiv="Content-Security-Policy" content="${policy}">${html.slice(doctype.length)}`;
}
