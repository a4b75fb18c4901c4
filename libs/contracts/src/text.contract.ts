import { z } from 'zod';

/**
 * One line of text in any script, without control characters.
 * They break databases, headers and terminals.
 */
export const lineOfText = (maxLength: number) =>
  z
    .string()
    .trim()
    .max(maxLength)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Take out line breaks and invisible characters');
