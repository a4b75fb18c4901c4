import { z } from 'zod';

/** A campaign's title in each of its languages. Screens show the reader's. */
export const Titles = z.record(z.string(), z.string()).describe('by language, BCP 47');
