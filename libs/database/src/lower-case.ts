/**
 * Text in lower case, for searches, in all alphabets. A database with the C
 * locale only knows A to Z and would not find Ömer as ömer. `pg_c_utf8` is part
 * of PostgreSQL (17 and later) and equal on every system.
 * @param text SQL that is a text.
 */
export const lowerCase = (text: string): string => `lower(${text} COLLATE "pg_c_utf8")`;
