import { z } from 'zod';

/** What a sentence names, for a sentence in another language. */
export const Named = z.record(z.string(), z.union([z.string(), z.number()]));

/**
 * One of several mistakes, in a body (`field`) or a source (`file`, `line`,
 * `column`).
 */
export const ProblemEntry = z.object({
  code: z.string(),
  message: z.string(),
  remedy: z.string().optional(),
  severity: z.enum(['error', 'warning']).optional(),
  field: z.string().optional(),
  named: Named.optional(),
  file: z.string().optional(),
  line: z.number().int().nullable().optional(),
  column: z.number().int().nullable().optional(),
});

/**
 * Every error of the API (RFC 9457, `application/problem+json`).
 * `code` is stable; `detail` is for people.
 */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  field: z.string().optional(),
  requestId: z.string().optional(),
  problems: z.array(ProblemEntry).optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type Problem = z.infer<typeof Problem>;
