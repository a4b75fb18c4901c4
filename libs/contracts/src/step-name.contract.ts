import { z } from 'zod';

/** What a step does to a contact; the other steps only decide and wait. */
export const StepKind = z.enum(['email', 'post', 'notify', 'lead', 'webhook']);

/** The name of a step on every screen. */
export const StepName = z.object({
  stepKey: z.string(),
  kind: StepKind,
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
