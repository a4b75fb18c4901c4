import { z } from 'zod';

/** The version of a thing that a PUT replaces. */
export const EditVersion = z.string().describe('send it as If-Match, in double quotes, with a change');
