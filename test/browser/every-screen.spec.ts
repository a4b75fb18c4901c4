import { holdEveryScreen, LOOKS } from './every-screen.js';

// One begins wide and light, the other narrow and dark: what only the first paint gets wrong shows in one of them.
holdEveryScreen('en', [
  [LOOKS.wideLight, LOOKS.wideDark, LOOKS.narrowDark, LOOKS.narrowLight],
  [LOOKS.narrowDark, LOOKS.narrowLight, LOOKS.wideLight, LOOKS.wideDark],
]);
