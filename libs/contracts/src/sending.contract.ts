import { z } from 'zod';
import { EditVersion } from './edit-version.contract.js';
import { pageOf } from './page.contract.js';
import { VendorHost } from './vendor.contract.js';

export const ChooseSendingDomain = z.strictObject({
  domain: z.string().trim().min(1).max(253).describe('a domain of yours, such as news.example.com'),
  fromLocal: z.string().trim().min(1).max(64).describe('what stands before the @ of From, such as news'),
});

export const SendingRecordPurpose = z.enum(['dkim-rsa', 'dkim-ed25519', 'return-path', 'spf', 'dmarc']);
export const SendingRecordProblem = z.enum([
  'missing',
  'other-key',
  'revoked-key',
  'testing-key',
  'many-records',
  'other-target',
  'no-policy',
  'not-ours-yet',
  'unreachable',
]);

const SendingRecord = z.object({
  purpose: SendingRecordPurpose,
  type: z.enum(['TXT', 'CNAME']),
  name: z.string(),
  relativeName: z.string().describe('the name as providers ask for it, without the registered domain; @: the domain'),
  value: z.string().nullable().describe('what to publish, exactly; null for what comes with another record'),
  isChecked: z.boolean(),
  problem: SendingRecordProblem.nullable(),
  found: z.string().nullable().describe('what stands there'),
  fix: z.string().nullable().describe('what to do, with the exact name and value'),
});

export const SendingDomain = z.object({
  domain: z.string(),
  fromAddress: z.string(),
  state: z.enum(['pending', 'verified', 'broken']).describe('mail comes from it once verified, and waits while broken'),
  stateSince: z.iso.datetime(),
  checkedAt: z.iso.datetime().nullable(),
  nextCheckAt: z.iso.datetime(),
  records: z.array(SendingRecord),
});
export type SendingDomain = z.infer<typeof SendingDomain>;

export const ChooseVendorDomain = z.strictObject({
  domain: z.string().trim().min(1).max(253).describe('a sub-domain of yours, such as partners.example.com'),
});

/**
 * A vendor's sub-domain for its partners' mail; each partner has a short name
 * before the @.
 */
export const VendorDomain = SendingDomain.omit({ fromAddress: true }).extend({
  foreignMailHosts: z
    .string()
    .nullable()
    .describe(
      'servers that receive mail to it, where they are not this platform’s: partners must agree to that; null: none',
    ),
});
export type VendorDomain = z.infer<typeof VendorDomain>;

export const VendorSending = z.object({
  standardDomain: z.string().describe('where partners’ mail comes from while there is no verified sub-domain'),
  domain: VendorDomain.nullable(),
  domainVersion: EditVersion,
});
export type VendorSending = z.infer<typeof VendorSending>;

const SendingStop = z.object({
  cause: z.enum(['identity', 'bounces', 'complaints', 'trouble', 'operator']),
  since: z.iso.datetime(),
  bad: z.number().int().nullable().describe('of so many messages handed over'),
  submitted: z.number().int().nullable(),
  resumableFrom: z.iso.datetime().nullable().describe('from when the partner itself may go on; null where it may not'),
});

const SendingStream = z.object({
  today: z
    .object({ limit: z.number().int(), taken: z.number().int() })
    .nullable()
    .describe('daily limit of a new domain, and how much of it is used; null without a limit'),
  initialHold: z
    .object({ limit: z.number().int(), taken: z.number().int(), endsAt: z.iso.datetime() })
    .nullable()
    .describe('the first messages, and until when the rest waits for what comes back of them'),
  waiting: z.number().int().describe('messages that wait for either; none is dropped'),
});

export const SendingSettings = z.object({
  standardAddress: z.string().describe('From while there is no verified domain'),
  vendorAddresses: z
    .array(z.object({ vendor: z.string(), address: z.string(), isBroken: z.boolean() }))
    .describe(
      'From instead, in mail for vendors who have a sub-domain for their partners; it waits while that is broken',
    ),
  domain: SendingDomain.nullable(),
  domainVersion: EditVersion,
  stream: SendingStream,
  stops: z.array(SendingStop).describe('why nothing goes out; empty while it does'),
});
export type SendingSettings = z.infer<typeof SendingSettings>;

/**
 * A vendor's view of its partners' sending: states, and no recipient's address.
 */
export const PartnerSending = pageOf(
  z.object({
    partnerId: z.uuid(),
    name: z.string(),
    domainState: z.enum(['none', 'pending', 'verified', 'broken']),
    stops: z.array(z.enum(['identity', 'bounces', 'complaints', 'trouble'])),
    missingConsents: z
      .array(VendorHost)
      .describe('servers of yours that the partner has not agreed to; its campaigns wait until it has'),
  }),
).extend({
  counts: z.object({ partners: z.number().int(), ownDomain: z.number().int(), stopped: z.number().int() }),
});
export type PartnerSending = z.infer<typeof PartnerSending>;
