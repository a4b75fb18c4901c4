import { z } from 'zod';

/** One line of text in any script: without controls, which a database, a header or a terminal would trip over. */
export const lineOfText = (maxLength: number) =>
  z
    .string()
    .trim()
    .max(maxLength)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Take out line breaks and invisible characters');
