/** Markup, a script, a direction that is turned, a picture sign, and a word without an end: all of it only ever text. */
export const HOSTILE = `<img src=x onerror="window.ran=1"><script>window.ran=1</script> \u202eabc\u202c 🎉 ${'Rinderkennzeichnung'.repeat(3)}`;
/** The same in a few letters, for names that may not be long. */
export const HOSTILE_NAME = `<b>Zoë</b>\u202e🎉 ${'W'.repeat(30)}`;
