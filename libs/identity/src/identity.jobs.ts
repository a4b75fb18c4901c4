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

/** Looks whether somebody who asked for a new password is there, and mails the link. */
export const START_PASSWORD_RESET = defineJob({
  name: 'identity.start-password-reset',
  queue: 'notifications',
  data: z.object({ requestId: z.uuid() }),
  result: z.void(),
});
