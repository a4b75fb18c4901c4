import { z } from 'zod';
import { pageOf, PageQuery } from './page.contract.js';

const Word = z.string().trim().min(1).max(60);
const Country = z.string().regex(/^[A-Z]{2}$/, 'Two capital letters (ISO 3166), for example GB.');

export const PartnerQuery = PageQuery.extend({
  q: z.string().max(100).optional(),
  status: z.enum(['invited', 'active', 'ended']).optional(),
});

export const PartnerView = z.object({
  id: z.uuid(),
  name: z.string(),
  countryCode: z.string(),
  tier: z.string(),
  region: z.string(),
  status: z.enum(['invited', 'active', 'ended']),
  invitedAt: z.iso.datetime(),
  joinedAt: z.iso.datetime().nullable(),
});
export type PartnerView = z.infer<typeof PartnerView>;
export const Partners = pageOf(PartnerView);

export const InvitePartner = z.object({
  organisationName: z.string().trim().min(1).max(120),
  email: z.email().max(254),
  countryCode: Country,
  tier: Word,
  region: Word,
});
export const ChangePartner = z.object({ tier: Word.optional(), region: Word.optional() });

export const GroupRule = z.strictObject({
  tiers: z.array(Word).max(20).optional(),
  regions: z.array(Word).max(50).optional(),
  countries: z.array(Country).max(250).optional(),
  partnerIds: z.array(z.uuid()).max(5000).optional(),
});
export const PartnerGroupInput = z.object({ name: z.string().trim().min(1).max(80), rule: GroupRule });
export const PartnerGroupView = z.object({
  id: z.uuid(),
  name: z.string(),
  rule: GroupRule,
  memberCount: z.number().int(),
});
export type PartnerGroupView = z.infer<typeof PartnerGroupView>;
export const PartnerGroups = z.object({ items: z.array(PartnerGroupView) });
export const PartnerGroupMembers = z.object({ items: z.array(PartnerView) });
