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
