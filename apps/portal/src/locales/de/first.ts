/** Texts of the home and sign-in screens, in one file to load. */
export default import.meta.glob<object>(
  ['./shared.json', './home.json', './api/problems-first.json', './api/missing.json'],
  { eager: true, import: 'default' },
);
