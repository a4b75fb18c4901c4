/** As the tokenizer of HTML reads it: its own white space only, and the first `>` ends it, in quotes or not. */
const DOCTYPE = /^[\t\n\f\r ]*<!doctype[^>]*>/i;

/**
 * A document with what it may do as the first thing in it: pictures of this origin, styles of its own, nothing else. In a frame without rights the
 * document is of no origin, so that `'self'` would name nobody. Whatever the document begins with comes after: an HTML parser opens a head for the policy and takes what the
 * document's own `<html>` and `<head>` hold into the same ones. Only its doctype stays before, for it decides how the rest is laid out.
 * @param origin where its pictures are: `https://portal.example`.
 */
export function withPolicy(html: string, origin: string): string {
  const [doctype = ''] = DOCTYPE.exec(html) ?? [];
  const policy = `default-src 'none'; img-src ${origin} data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`;
  return `${doctype}<meta http-equiv="Content-Security-Policy" content="${policy}">${html.slice(doctype.length)}`;
}
