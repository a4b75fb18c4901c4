/** For text that is read as markup: XML here, Pango's elsewhere. */
export const escapeXml = (text: string): string => text.replace(/[&<>"'\n]/g, (char) => `&#${char.charCodeAt(0)};`);
