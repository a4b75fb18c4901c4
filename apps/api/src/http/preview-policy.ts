/** For previews: a sandbox that allows images and inline styles only. */
export const PREVIEW_POLICY =
  "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'";

/**
 * For e-mails in the browser: no scripts, and links open in a window outside
 * the sandbox.
 */
export const VIEW_POLICY = PREVIEW_POLICY.replace('sandbox', 'sandbox allow-popups allow-popups-to-escape-sandbox');

/** For public pages: no scripts, and forms post to this server only. */
export const PAGE_POLICY =
  "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
