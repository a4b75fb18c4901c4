/**
 * Text in small letters of every alphabet, for searches: a database that was made with the language C knows none beyond A to Z, and would not
 * find Ömer as ömer. `pg_c_utf8` comes with PostgreSQL (17 and later) and is the same on every system.
 * @param text SQL that is a text.
 */
export const smallLetters = (text: string): string => `lower(${text} COLLATE "pg_c_utf8")`;
