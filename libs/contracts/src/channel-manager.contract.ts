import { z } from 'zod';
import type { PartnerGroupId, PartnerId, UserId } from '#kernel';
import { idSchema } from './id.js';

/** A person of the vendor who looks after partners. */
export const ChannelManagerView = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  partnerCount: z.number().int().describe('without partners that have left; of others, a channel manager sees 0'),
});
export const ChannelManagersView = z.object({ items: z.array(ChannelManagerView) });
export type ChannelManagersView = z.infer<typeof ChannelManagersView>;

/** Partners, and who looks after them from now on. Exactly one of the three says which partners. */
export const AssignPartners = z
  .strictObject({
    managerId: idSchema<UserId>().nullable().describe('null: nobody'),
    partnerIds: z.array(idSchema<PartnerId>()).min(1).max(5000).optional(),
    groupId: idSchema<PartnerGroupId>().optional().describe('partners that belong to the group now'),
    fromManagerId: idSchema<UserId>().optional().describe('all partners of another channel manager'),
  })
  .refine(
    ({ partnerIds, groupId, fromManagerId }) =>
      [partnerIds, groupId, fromManagerId].filter((one) => one !== undefined).length === 1,
    { message: 'name partnerIds, groupId or fromManagerId, and only one of them', path: ['partnerIds'] },
  );
export const AssignedPartners = z.object({ changed: z.number().int() });
