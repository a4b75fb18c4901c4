/** Escapes text for markup: XML here, Pango markup elsewhere. */
export const escapeXml = (text: string): string => text.replace(/[&<>"'\n]/g, (char) => `&#${char.charCodeAt(0)};`);
