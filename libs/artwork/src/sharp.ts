import './fonts.js';
import sharp from 'sharp';

// Pictures are many and small, and processed in parallel. One thread each is
// faster than many for one.
sharp.concurrency(1);

/**
 * All imports of sharp in this lib go through this file: bundled fonts only,
 * one thread per picture.
 */
export { sharp };
