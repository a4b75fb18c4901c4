import { z } from 'zod';
import { END } from './step.js';

/**
 * Names that authors choose: short, and safe in file names, URLs and fields.
 */
export const givenName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,59}$/, 'Use a lower-case letter first, then lower-case letters, digits and hyphens.');

export const stepKey = givenName.refine((key) => key !== END, 'A way ends with "end": choose another key.');
