import { z } from 'zod';
import { defineJob } from '#jobs';

/**
 * At most this many messages travel in one job. What a chunk reads and commits once costs as much for ten as for a hundred: with fifty
 * it was 0.1 ms of each message.
 */
export const CHUNK = 100;

/** Hands a chunk of leased messages over; the fences say under which claim. */
export const SUBMIT_MESSAGES = defineJob({
  name: 'sequences.submit-messages',
  queue: 'delivery',
  data: z.object({
    partnerId: z.uuid(),
    claims: z
      .array(z.object({ id: z.uuid(), fence: z.number().int() }))
      .min(1)
      .max(CHUNK),
  }),
  result: z.void(),
});

/** Does an action that is no e-mail; the fence is its step execution, which has one outcome. */
export const PERFORM_ACTION = defineJob({
  name: 'sequences.perform-action',
  queue: 'scheduling',
  data: z.object({ partnerId: z.uuid(), enrolmentId: z.uuid(), stepKey: z.string(), round: z.number().int() }),
  result: z.void(),
  attempts: 20,
  // One short transaction that holds its step: a second try beside the first waits for it, and a person waits for a process that died no longer than this.
  leaseMs: 30_000,
});
