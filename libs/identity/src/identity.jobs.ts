import { z } from 'zod';
import { defineJob } from '#jobs';

/** Hands a mail of the product's own to the relay; the row holds its text and goes when it is accepted. */
export const SEND_SYSTEM_MAIL = defineJob({
  name: 'identity.send-system-mail',
  queue: 'notifications',
  data: z.object({ mailId: z.uuid() }),
  result: z.void(),
  attempts: 12,
});
