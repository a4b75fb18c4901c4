import { z } from 'zod';
import { defineJob } from '#jobs';

/** Tells the vendor by e-mail that a lead was shared with it. */
export const LEAD_DISCLOSED = defineJob({
  name: 'leads.tell-vendor',
  queue: 'notifications',
  data: z.object({ disclosureId: z.uuid(), vendorId: z.uuid() }),
  result: z.void(),
});

/** Tells the partner by e-mail what the vendor answered. */
export const DISCLOSURE_ANSWERED = defineJob({
  name: 'leads.tell-partner',
  queue: 'notifications',
  data: z.object({ answerId: z.uuid(), partnerId: z.uuid() }),
  result: z.void(),
});
