import { start } from './start.js';

/** The built product. `npm start` builds first and calls `start` itself. */
await start(null);
