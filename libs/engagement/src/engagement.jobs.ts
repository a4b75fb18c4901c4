import { z } from 'zod';
import { defineJob } from '#jobs';
import { type ActivationId, type ContactId, isId, type PartnerId } from '#kernel';

/** A contact replied: sequences stop. Safe to run twice. */
export const CONTACT_REPLIED = defineJob({
  name: 'engagement.person-answered',
  queue: 'scheduling',
  data: z.object({
    partnerId: z.custom<PartnerId>(isId),
    activationId: z.custom<ActivationId>(isId),
    contactId: z.custom<ContactId>(isId),
  }),
  result: z.void(),
});
