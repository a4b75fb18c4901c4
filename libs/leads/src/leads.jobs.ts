import { z } from 'zod';
import { defineJob } from '#jobs';

/** Tells the vendor by e-mail that a lead was shared with it. */
export const LEAD_DISCLOSED = defineJob({
  name: 'leads.tell-vendor',
  queue: 'notifications',
  data: z.object({ disclosureId: z.uuid(), vendorId: z.uuid() }),
  result: z.void(),
});

/** Tells people of an organisation that a deal is shared with it, or that a partner takes part in theirs. */
export const DEAL_SHARED = defineJob({
  name: 'leads.tell-of-shared-deal',
  queue: 'notifications',
  data: z.object({
    shareId: z.uuid(),
    reader: z.enum(['vendor', 'participant', 'owner']),
    organisationId: z.uuid(),
  }),
  result: z.void(),
});

/** Tells the partner by e-mail what the vendor answered. */
export const DISCLOSURE_ANSWERED = defineJob({
  name: 'leads.tell-partner',
  queue: 'notifications',
  data: z.object({ answerId: z.uuid(), partnerId: z.uuid() }),
  result: z.void(),
});
