/**
 * All English texts but those of the home screens, which are part of the
 * initial bundle.
 */
export default import.meta.glob<object>(['./*.json', '!./home.json', '!./shared.json'], {
  eager: true,
  import: 'default',
});
