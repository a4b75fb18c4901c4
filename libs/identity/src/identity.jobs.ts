import { z } from 'zod';
import { defineJob } from '#jobs';

/**
 * Submits a system mail to the relay.
 * Its row is deleted when the relay accepts it.
 */
export const SEND_SYSTEM_MAIL = defineJob({
  name: 'identity.send-system-mail',
  queue: 'notifications',
  data: z.object({ mailId: z.uuid() }),
  result: z.void(),
  attempts: 12,
});

/** Looks up the account of a password reset request, and mails the link. */
export const START_PASSWORD_RESET = defineJob({
  name: 'identity.start-password-reset',
  queue: 'notifications',
  data: z.object({ requestId: z.uuid() }),
  result: z.void(),
});
