/** What a preview may do: show pictures and styles of its own, in a sandbox, and nothing else. */
export const PREVIEW_POLICY =
  "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'";

/** What a mail in the browser may do: no script either, but its links open as they do in a mail program, in a window that is free. */
export const VIEW_POLICY = PREVIEW_POLICY.replace('sandbox', 'sandbox allow-popups allow-popups-to-escape-sandbox');

/** What a landing page may do: no script at all; its form posts home. */
export const PAGE_POLICY =
  "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
