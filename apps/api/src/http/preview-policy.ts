/** What a preview may do: show pictures and styles of its own, in a sandbox, and nothing else. */
export const PREVIEW_POLICY =
  "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'";

/** What a landing page may do: no script at all; its form posts home. */
export const PAGE_POLICY =
  "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
