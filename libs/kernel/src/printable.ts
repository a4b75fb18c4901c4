/**
 * Replaces control characters except line breaks and tabs by spaces. PostgreSQL
 * rejects NUL, and the others are unreadable.
 */
export const printable = (text: string): string =>
  // oxlint-disable-next-line no-control-regex -- these are what is meant
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ' ');
