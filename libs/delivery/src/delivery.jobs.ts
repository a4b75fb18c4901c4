import { z } from 'zod';
import { defineJob } from '#jobs';

/**
 * A vendor's relays changed: activations wait for consent to new servers, or
 * continue.
 */
export const VENDOR_SERVERS_CHANGED = defineJob({
  name: 'delivery.apply-relay-consents',
  queue: 'scheduling',
  data: z.object({ vendorId: z.uuid() }),
  result: z.void(),
  attempts: 20,
});
