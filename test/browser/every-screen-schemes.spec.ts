import { holdEveryScreen, LOOKS } from './every-screen.js';

// The pairs of width and colour scheme that every-screen.spec.ts leaves out.
holdEveryScreen('en', [
  [LOOKS.wideDark, LOOKS.narrowLight],
  [LOOKS.narrowLight, LOOKS.wideDark],
]);
