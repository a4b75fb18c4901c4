import { z } from 'zod';
import { defineJob } from '#jobs';

/** At most this many messages travel in one job. */
export const CHUNK = 50;

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
