import { z } from 'zod';
import { VendorHost } from './vendor.contract.js';

/** What a vendor sees of one partner, without any data about its contacts. */
export const PartnerOverview = z.object({
  people: z
    .array(
      z.object({
        name: z.string(),
        role: z.enum(['owner', 'marketer', 'approver', 'analyst', 'channel-manager', 'viewer']),
        lastSignInOn: z.iso.date().nullable().describe('null: none is known'),
      }),
    )
    .describe('empty for a partner that has not joined or has left'),
  launches: z
    .array(
      z.object({
        activationId: z.uuid(),
        campaignId: z.uuid(),
        title: z.record(z.string(), z.string()).describe('by language'),
        status: z.enum(['active', 'held', 'stopped', 'over']),
        launchedAt: z.iso.datetime(),
        endedAt: z.iso.datetime().nullable().describe('only where it was stopped before its planned day'),
      }),
    )
    .describe('the newest 20'),
  sending: z
    .object({
      domainState: z.enum(['none', 'pending', 'verified', 'broken']),
      stops: z.array(z.enum(['identity', 'bounces', 'complaints', 'trouble'])),
      missingConsents: z.array(VendorHost),
    })
    .nullable()
    .describe('null for a partner that has not joined or has left'),
});
export type PartnerOverview = z.infer<typeof PartnerOverview>;

const PARTNER_ACTIVITIES = [
  'invited',
  'person-invited',
  'invitation-withdrawn',
  'joined',
  'changed',
  'attributes-changed',
  'tier-set',
  'tier-freed',
  'tier-by-rules',
  'terms-accepted',
  'manager-assigned',
  'manager-taken-away',
  'distributor-changed',
  'reminded',
  'launched',
  'held',
  'held-by-vendor',
  'released-by-vendor',
  'stopped',
  'stopped-by-vendor',
  'over',
  'servers-agreed',
  'servers-refused',
  'signed-in',
  'end-announced',
  'ended',
  'reinstated',
  'return-offered',
] as const;
export type PartnerActivityKind = (typeof PARTNER_ACTIVITIES)[number];

/** What happened with a partner, newest first: the newest 50. Nothing of its contacts. */
export const PartnerActivity = z.object({
  items: z.array(
    z.object({
      kind: z.enum(PARTNER_ACTIVITIES),
      on: z.iso.date().describe('UTC'),
      at: z.iso.datetime().nullable().describe('null: known by day only, such as the last sign-in of a person'),
      by: z.string().nullable().describe('the person or API key; null: the product, or a partner’s decision'),
      campaignId: z.uuid().nullable(),
      title: z.record(z.string(), z.string()).nullable().describe('of the campaign, by language'),
      facts: z.object({
        tier: z.string().optional(),
        name: z.string().optional().describe('of the channel manager or the distributor'),
        region: z.string().optional(),
        reason: z.string().optional(),
        lastDay: z.string().optional(),
        attributes: z.string().optional().describe('names of the attributes that were changed'),
      }),
    }),
  ),
});
export type PartnerActivity = z.infer<typeof PartnerActivity>;
