import { z } from 'zod';
import { EditVersion } from './edit-version.contract.js';
import type { PartnerGroupId, PartnerId, UserId } from '#kernel';
import { EmailField } from './email-field.js';
import { idSchema } from './id.js';
import { pageOf, PageQuery } from './page.contract.js';
import { GroupCondition } from './partner-attribute.contract.js';
import { lineOfText } from './text.contract.js';
import { TableForm, UserLanguage } from './user-language.js';

const Word = z.string().trim().min(1).max(60);
const Country = z.string().regex(/^[A-Z]{2}$/, 'Two capital letters (ISO 3166), for example GB.');

/** Progress of a partner: invited, accepted, launched, or left. */
export const PartnerProgress = z.enum(['invited', 'accepted', 'launched', 'ended']);
export type PartnerProgress = z.infer<typeof PartnerProgress>;
export const PartnerProgressCounts = z.object({
  invited: z.number().int(),
  accepted: z.number().int(),
  launched: z.number().int(),
  ended: z.number().int(),
});
export type PartnerProgressCounts = z.infer<typeof PartnerProgressCounts>;

export const PartnerQuery = PageQuery.extend({
  q: z.string().max(100).optional(),
  status: z.enum(['invited', 'active', 'ended']).optional(),
  progress: PartnerProgress.optional(),
  /** Only partners of this channel manager; `none`: only those without one. */
  manager: z.union([idSchema<UserId>(), z.literal('none')]).optional(),
  /** Ids of partner groups, separated by commas: only partners in none of them. */
  outsideGroups: z
    .string()
    .transform((ids) => ids.split(','))
    .pipe(z.array(idSchema<PartnerGroupId>()).max(100))
    .optional(),
});

/** Which partners a table for a spreadsheet has. */
export const PartnerTableQuery = PartnerQuery.pick({ q: true, progress: true, manager: true }).extend(TableForm.shape);

/** A day of the UTC calendar. */
const Day = z.iso.date();

/** Ends a partnership. The other side is told the reason. */
export const EndPartnership = z.strictObject({
  reason: lineOfText(500).min(1),
  lastDay: Day.optional().describe('the last day of the partnership, UTC; absent: it ends at once'),
  campaigns: z
    .enum(['stop-now', 'stop-with-partnership', 'run-until'])
    .default('stop-with-partnership')
    .describe('what happens with campaigns that are running'),
  campaignsLastDay: Day.optional().describe('their last day, UTC, with `run-until` only'),
});
export type EndPartnership = z.input<typeof EndPartnership>;

/** An end of a partnership that one side has announced. It may be past. */
export const PartnershipEnd = z.object({
  by: z.enum(['vendor', 'partner']),
  byName: z.string().describe('empty: it was not stored'),
  announcedAt: z.iso.datetime(),
  reason: z.string(),
  lastDay: Day,
  campaignsLastDay: Day.describe('no e-mail of campaigns that are running is sent after it'),
  campaignsEndAt: z.iso.datetime(),
  returnOfferedAt: z.iso.datetime().nullable().describe('since when the vendor lets the partner come back'),
});
export type PartnershipEnd = z.infer<typeof PartnershipEnd>;

export const PartnerView = z.object({
  id: z.uuid(),
  name: z.string(),
  countryCode: z.string(),
  tier: z.string(),
  region: z.string(),
  status: z.enum(['invited', 'active', 'ended']),
  /** The vendor's own number of the partner; null: none. */
  externalId: z.string().nullable(),
  /** The channel manager, as in `GET /channel-managers`; null: none. */
  managerId: z.uuid().nullable(),
  /** What it may do as a distributor; null: it is none. */
  distributor: z
    .object({ approval: z.enum(['automatic', 'approved']), tier: z.string(), region: z.string() })
    .nullable(),
  /** The partner that is its distributor; null: none. */
  distributorId: z.uuid().nullable(),
  invitedAt: z.iso.datetime(),
  joinedAt: z.iso.datetime().nullable(),
  end: PartnershipEnd.nullable().describe('null: no end is announced'),
});
export type PartnerView = z.infer<typeof PartnerView>;

export const SentInvitation = z.object({
  email: z.string(),
  /** Of the mail, BCP 47. */
  language: z.string(),
  /** The person or API key that sent it. */
  sentBy: z.string(),
  sentAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  hasExpired: z.boolean(),
  /** Accepted by the mail server; whether it was read is unknown. */
  mail: z.enum(['on-its-way', 'submitted', 'refused', 'bounced']),
  /** The mail server's answer to a refusal, and the reason of a bounce. */
  refusal: z.string().nullable(),
});
export type SentInvitation = z.infer<typeof SentInvitation>;

export const PartnerLine = PartnerView.extend({
  hasLaunched: z.boolean(),
  /** Whether its brand profile was ever complete, so that it could launch. */
  hasBrand: z.boolean(),
  /** When it was last asked to launch something; null: never. */
  remindedAt: z.iso.datetime().nullable(),
  /** Null once it is accepted or withdrawn, and where none was ever sent. */
  invitation: SentInvitation.nullable(),
  /** Its invitation is sent as soon as the limits of the day allow. */
  isInvitationWaiting: z.boolean(),
  /** Code of the reason why its invitation is not sent until its address is corrected; null: there is none. */
  invitationRefusal: z.string().nullable(),
});
export type PartnerLine = z.infer<typeof PartnerLine>;
export const Partners = pageOf(PartnerLine);

export const InvitePartner = z.strictObject({
  organisationName: z.string().trim().min(1).max(120),
  email: EmailField,
  countryCode: Country,
  tier: Word,
  region: Word,
  /** Of the invitation and the new account; absent: that of the country. */
  language: UserLanguage.optional(),
});
/** The company that is about to be invited. */
export const CompareCompany = InvitePartner.pick({ organisationName: true, email: true });
/** Partners of yours that may be the same company, those with most in common first. */
export const PartnerDuplicates = z.object({
  items: z.array(
    PartnerView.pick({ id: true, name: true, status: true }).extend({
      same: z
        .array(z.enum(['address', 'domain', 'name']))
        .describe('with the addresses that you have invited, and the name without its legal form'),
    }),
  ),
});
export type PartnerDuplicates = z.infer<typeof PartnerDuplicates>;
/** A further person of a partner. Its owners invite the person, or decline. */
export const SuggestColleague = z.strictObject({ email: EmailField });
/** Left out: to the address and in the language of the invitation before. */
export const ResendInvitation = z.strictObject({ email: EmailField.optional(), language: UserLanguage.optional() });
/** Asks partners to launch what is offered to them, or to join. */
export const RemindPartners = z.strictObject({
  partnerIds: z.array(idSchema<PartnerId>()).min(1).max(500),
  /** For partners that have joined; the invitation has no such text. */
  message: lineOfText(500).min(1).optional(),
});
export const RemindedPartners = z.object({
  reminded: z.array(z.uuid()),
  skipped: z.array(
    z.object({
      partnerId: z.uuid(),
      /**
       * `recently-reminded`: a reminder less than seven days ago, or an invitation
       * less than one. `invitation-refused`: the open invitation has no address,
       * or its address has got too many.
       */
      reason: z.enum(['ended', 'recently-reminded', 'nothing-to-launch', 'not-announced', 'invitation-refused']),
    }),
  ),
});
export type RemindedPartners = z.infer<typeof RemindedPartners>;
const ExternalId = lineOfText(100).min(1);
export const ChangePartner = z.strictObject({
  tier: Word.optional(),
  region: Word.optional(),
  externalId: ExternalId.nullable().optional().describe('unique among your partners; null takes it away'),
});

export const GroupRule = z.strictObject({
  tiers: z.array(Word).max(20).optional(),
  regions: z.array(Word).max(50).optional(),
  countries: z.array(Country).max(250).optional(),
  /** Only these, as far as they meet the other lists. */
  partnerIds: z.array(idSchema<PartnerId>()).max(5000).optional(),
  /** Never these. */
  exceptPartnerIds: z.array(idSchema<PartnerId>()).max(5000).optional(),
  /** Of `conditions`; absent: all. The lists hold besides. */
  match: z.enum(['all', 'any']).optional(),
  conditions: z.array(GroupCondition).max(20).optional(),
});
export const PartnerGroupInput = z.strictObject({ name: z.string().trim().min(1).max(80), rule: GroupRule });
export const PartnerGroupView = z.object({
  id: z.uuid(),
  version: EditVersion,
  name: z.string(),
  rule: GroupRule,
  memberCount: z.number().int(),
  /** Null while it is in use. */
  archivedAt: z.iso.datetime().nullable(),
});
export type PartnerGroupView = z.infer<typeof PartnerGroupView>;
export const PartnerGroupRule = z.strictObject({ rule: GroupRule });
export const PartnerGroupSize = z.object({
  memberCount: z.number().int().describe('active partners that match the rule now'),
  members: z.array(z.object({ id: z.uuid(), name: z.string() })).describe('the first 20 by name'),
});
export type PartnerGroupSize = z.infer<typeof PartnerGroupSize>;
/** Tiers and regions that partners have, each once, for suggestions. */
export const PartnerTraits = z.object({ tiers: z.array(z.string()), regions: z.array(z.string()) });
export type PartnerTraits = z.infer<typeof PartnerTraits>;
export const PartnerGroups = z.object({ items: z.array(PartnerGroupView) });
export const PartnerGroupMembers = z.object({ items: z.array(PartnerView) });
