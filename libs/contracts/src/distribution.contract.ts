import { z } from 'zod';
import type { PartnerId, VendorId } from '#kernel';
import { EmailField } from './email-field.js';
import { idSchema } from './id.js';
import { UserLanguage } from './user-language.js';

const Word = z.string().trim().min(1).max(60);
const Country = z.string().regex(/^[A-Z]{2}$/, 'Two capital letters (ISO 3166), for example GB.');
const Count = z.number().int();

/** Makes a partner a distributor or a distributor's partner, or neither. */
export const SetDistribution = z.strictObject({
  terms: z
    .strictObject({
      approval: z.enum(['automatic', 'approved']).describe('whether you decide about each company that it proposes'),
      tier: Word.describe('of companies that join without your decision'),
      region: Word,
    })
    .nullable()
    .describe('null: it is no distributor'),
  distributorId: idSchema<PartnerId>().nullable().describe('the partner that is its distributor; null: none'),
});

export const DistributorsView = z.object({
  items: z.array(z.object({ partnerId: z.uuid(), name: z.string() })),
});
export type DistributorsView = z.infer<typeof DistributorsView>;

/** A company that a distributor wants to bring to a vendor. */
export const ProposePartner = z.strictObject({
  vendorId: idSchema<VendorId>(),
  company: z.string().trim().min(1).max(120),
  person: z.string().trim().min(1).max(120).describe('the first person, who gets the invitation'),
  email: EmailField,
  countryCode: Country,
  language: UserLanguage.optional().describe('of the invitation; absent: that of the country'),
});

export const DistributionView = z.object({
  items: z.array(
    z.object({
      vendorId: z.uuid(),
      vendorName: z.string(),
      approval: z.enum(['automatic', 'approved']).describe('whether the vendor decides about each proposal'),
      partners: z.array(
        z.object({
          id: z.uuid().describe('of the partnership'),
          name: z.string(),
          status: z.enum(['invited', 'active', 'ended']),
          tier: z.string(),
          since: z.iso.datetime().describe('joined, or invited'),
        }),
      ),
      proposals: z
        .array(
          z.object({
            id: z.uuid(),
            company: z.string(),
            proposedAt: z.iso.datetime(),
            decision: z.enum(['accepted', 'refused']).nullable().describe('null: it waits for the vendor'),
            reason: z.string().nullable().describe('why the vendor refused it'),
          }),
        )
        .describe('newest first, at most 100'),
      totals: z.object({
        from: z.iso.date(),
        to: z.iso.date(),
        nextOn: z.iso.date().describe('when the next four weeks are summed up'),
        partnersNeeded: Count,
        memberDays: Count,
        sums: z
          .object({ partners: Count, launches: Count, sent: Count, clicks: Count, leads: Count })
          .nullable()
          .describe(
            'null: fewer than `partnersNeeded` of your partners show their totals, joined `memberDays` before and have launched something',
          ),
      }),
    }),
  ),
});
export type DistributionView = z.infer<typeof DistributionView>;
