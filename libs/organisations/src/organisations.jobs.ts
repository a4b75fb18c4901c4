import { z } from 'zod';
import { defineJob } from '#jobs';

/**
 * The relays or the sub-domain of a vendor changed: activations wait for consent to new servers, or
 * continue.
 */
export const VENDOR_SERVERS_CHANGED = defineJob({
  name: 'organisations.apply-relay-consents',
  queue: 'scheduling',
  data: z.object({ vendorId: z.uuid() }),
  result: z.void(),
  attempts: 20,
});
