import { z } from 'zod';

/**
 * One line of text in any script, without control and bidi characters. The
 * former break databases, headers and terminals; the latter show it in another
 * order than it is written in.
 */
export const lineOfText = (maxLength: number) =>
  z
    .string()
    .trim()
    .max(maxLength)
    .regex(
      /^[^\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u,
      'Take out line breaks and invisible characters',
    );
