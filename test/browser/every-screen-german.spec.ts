import { holdEveryScreen, LOOKS } from './every-screen.js';

// What German is longer than fits shows on a telephone first; LONG=1: at a
// desk, too.
holdEveryScreen(
  'de',
  process.env['LONG'] === '1'
    ? [
        [LOOKS.wideLight, LOOKS.narrowDark],
        [LOOKS.narrowDark, LOOKS.wideLight],
      ]
    : [[LOOKS.narrowDark]],
);
