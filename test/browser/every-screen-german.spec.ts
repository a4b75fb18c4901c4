import { holdEveryScreen, LOOKS } from './every-screen.js';

// Each theme and each width once: what German is longer than fits shows at either.
holdEveryScreen('de', [
  [LOOKS.wideLight, LOOKS.narrowDark],
  [LOOKS.narrowDark, LOOKS.wideLight],
]);
