import { z } from 'zod';
import { ACTION_TYPES } from './step-type.js';

/** The name of a step on every screen. */
export const StepName = z.object({
  stepKey: z.string(),
  kind: z.enum(ACTION_TYPES),
  /**
   * Its number among the steps of its kind, from 1, independent of time.
   * Null for the only one of its kind, unless it is an e-mail.
   */
  number: z.number().int().nullable(),
  /**
   * An e-mail's subject as its author wrote it, in the activation's language.
   */
  subject: z.string().nullable(),
});
export type StepName = z.infer<typeof StepName>;
