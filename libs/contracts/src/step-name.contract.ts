import { z } from 'zod';

/** What a step does to somebody; all else in a sequence only decides and waits. */
export const StepKind = z.enum(['email', 'post', 'notify', 'lead', 'webhook']);

/** By what people know a step, wherever it is spoken of. */
export const StepName = z.object({
  stepKey: z.string(),
  kind: StepKind,
  /**
   * Which of the sequence's steps of its kind it is, from 1, however late anybody gets it; null for the only one of its kind, unless that is an
   * e-mail.
   */
  number: z.number().int().nullable(),
  /** An e-mail's subject as its author wrote it, in the language that the activation runs in. */
  subject: z.string().nullable(),
});
export type StepName = z.infer<typeof StepName>;
