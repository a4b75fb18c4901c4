/**
 * Text of others as one may keep and show it: PostgreSQL takes no NUL, and nobody reads the other control characters.
 * @returns the same with a space for each of them; lines and tabs stay.
 */
export const printable = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- these are what is meant
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ' ');
