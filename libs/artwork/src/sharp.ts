import './fonts.js';
import sharp from 'sharp';

// Pictures are many and small, and made side by side: one thread each does more work in the same time than many for one.
sharp.concurrency(1);

/** The one way to sharp in this lib: with bundled fonts only, and one thread for each picture. */
export { sharp };
