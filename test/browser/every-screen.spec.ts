import { holdEveryScreen, LOOKS } from './every-screen.js';

// Both widths and both colour schemes. The other two pairs of them are walked
// at night: every-screen-schemes.spec.ts.
holdEveryScreen('en', [
  [LOOKS.wideLight, LOOKS.narrowDark],
  [LOOKS.narrowDark, LOOKS.wideLight],
]);
