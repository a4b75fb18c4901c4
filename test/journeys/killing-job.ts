import { z } from 'zod';
import { defineJob } from '#jobs';

/** A job of dead-workers.journey.spec.ts. */
export const KILL_WORKER = defineJob({
  name: 'test.kill-worker',
  queue: 'webhooks',
  data: z.object({ how: z.enum(['request', 'late', 'survive', 'durable']) }),
  result: z.void(),
});
