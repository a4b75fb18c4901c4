/** Texts of all other screens, in one file to load. */
export default import.meta.glob<object>(
  ['./**/*.json', '!./shared.json', '!./home.json', '!./api/problems-first.json', '!./api/missing.json'],
  { eager: true, import: 'default' },
);
