/**
 * A post's text in a partner's name: the one field that such a text may hold.
 */
export const postTextOf = (text: string, partnerName: string): string =>
  text.replaceAll('{{partner.name}}', partnerName);
