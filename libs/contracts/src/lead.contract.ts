import { z } from 'zod';
import type { UserId } from '#kernel';
import { Amount, DealAmount } from './amount.contract.js';
import { CONTACT_DATES } from './contact-date.js';
import { DealView } from './deal.contract.js';
import { EditVersion } from './edit-version.contract.js';
import { idSchema } from './id.js';
import { pageOf, PageQuery } from './page.contract.js';
import { StepName } from './step-name.contract.js';
import { lineOfText } from './text.contract.js';
import { Titles } from './titles.contract.js';

const Instant = z.iso.datetime();

/** A telephone number to show and to dial: international where its country is known. */
const PhoneLinkView = z.object({ text: z.string(), url: z.string().describe('tel:, RFC 3966') });

/**
 * Clicks that make a lead, the links that count (null: any), and the days
 * between them (null: no limit).
 */
export const ClickRule = z.strictObject({
  count: z.number().int().min(1).max(50),
  links: z.array(z.string().min(1).max(60)).min(1).max(40).nullable(),
  withinDays: z.number().int().min(1).max(365).nullable(),
});
export type ClickRule = z.infer<typeof ClickRule>;

const ReminderDelay = z.union([z.object({ hours: z.number().int() }), z.object({ businessDays: z.number().int() })]);

/**
 * When clicks make a lead (null: never), and when an untouched lead is reminded
 * and escalated.
 */
export const LeadRuleView = z.object({ clicks: ClickRule.nullable(), remind: ReminderDelay, escalate: ReminderDelay });
export type LeadRuleView = z.infer<typeof LeadRuleView>;

const Hours = z.number().int().min(1).max(720);

/**
 * What a partner makes stricter of the vendor's rule.
 * Null or absent: the vendor's rule.
 */
export const StricterLeadRule = z.strictObject({
  clicks: ClickRule.nullable().default(null),
  remindAfterHours: Hours.nullable().default(null),
  escalateAfterHours: Hours.nullable().default(null),
});
export type StricterLeadRule = z.infer<typeof StricterLeadRule>;

export const ActivationLeadRule = z.object({
  version: EditVersion,
  published: LeadRuleView,
  stricter: StricterLeadRule,
  /** The campaign's links, of which some can be chosen. */
  links: z.array(z.string()),
  changedBy: z.string().nullable(),
  changedAt: Instant.nullable(),
});
export type ActivationLeadRule = z.infer<typeof ActivationLeadRule>;

export const DisclosedField = z.enum(['name', 'email', 'phone', 'company', 'message']);
export type DisclosedField = z.infer<typeof DisclosedField>;

/** What the vendor answered about a lead that was shared with it. */
export const DisclosureAnswer = z.object({
  status: z.enum(['accepted', 'declined', 'done']),
  note: z.string().nullable(),
  by: z.string(),
  at: Instant,
});
export type DisclosureAnswer = z.infer<typeof DisclosureAnswer>;

export const DisclosureView = z.object({
  id: z.uuid(),
  leadId: z.uuid(),
  vendorName: z.string(),
  fields: z.array(DisclosedField),
  purpose: z.string(),
  disclosedBy: z.string(),
  disclosedAt: Instant,
  revokedAt: Instant.nullable(),
  /** The vendor's last answer; null: none yet. */
  answer: DisclosureAnswer.nullable(),
});
export type DisclosureView = z.infer<typeof DisclosureView>;
export const Disclosures = z.object({ items: z.array(DisclosureView) });

/** A link that a person clicked: what is behind it, in words if it has some. */
export const ClickedLink = z.object({
  name: z.string().describe('in the campaign’s package'),
  kind: z.enum(['page', 'document', 'partner', 'target', 'other']),
  text: z.string().nullable().describe('title of the document, label of the partner’s link, or host of the target'),
});
export type ClickedLink = z.infer<typeof ClickedLink>;

/** What the person answered in a field of the form. */
const FormAnswer = z.object({
  field: z.enum(['firstName', 'lastName', 'company', 'phone', 'country', ...CONTACT_DATES]),
  value: z.string().describe('as answered; a country as its code, ISO 3166-1, where it is known'),
  contactValue: z
    .string()
    .nullable()
    .describe('what the contact has instead: a form changes nothing that you knew before; null: the same'),
});

/** What a lead shows of its deal. */
const LeadDeal = z.object({
  id: z.uuid(),
  version: DealView.shape.version,
  stage: DealView.shape.stage,
  expectedOn: DealView.shape.expectedOn,
  closedOn: DealView.shape.closedOn,
  products: DealView.shape.products,
  lostReason: DealView.shape.lostReason,
});

export const LeadView = z.object({
  id: z.uuid(),
  /**
   * `withdrawn`: its clicks turned out to be a program's before it was
   * accepted.
   */
  status: z.enum(['new', 'accepted', 'working', 'won', 'lost', 'withdrawn']),
  /** Where the partner can move it to from here. */
  next: z.array(z.enum(['accepted', 'working', 'won', 'lost'])),
  source: z.enum(['form', 'sequence', 'clicks']),
  contactId: z.uuid(),
  name: z.string(),
  email: z.string(),
  company: z.string().nullable(),
  /** As typed into the form, or else the contact's; null: unknown. */
  phone: z.string().nullable(),
  phoneLink: PhoneLinkView.nullable(),
  message: z.string().nullable(),
  answers: z.array(FormAnswer).describe('the other fields of the last form; empty: no form'),
  amount: Amount.nullable().describe('of its deal; null: no deal, or not known'),
  deal: LeadDeal.nullable().describe('null: no deal yet'),
  activationId: z.uuid(),
  campaignTitle: z.string().describe('of its campaign, in the language in which it runs'),
  campaignTitles: Titles,
  vendorName: z.string().describe('of its campaign: who sees what is shared of the lead'),
  response: z.object({
    kind: z.enum(['form', 'document', 'click', 'step']).describe('what made the contact a lead'),
    links: z.array(ClickedLink).describe('the links of the campaign that the contact has clicked'),
  }),
  disclosure: DisclosureView.nullable().describe('what the vendor sees of it now; null: nothing'),
  /**
   * The rule that its clicks fulfilled; null for a lead that came otherwise.
   */
  qualifiedBy: ClickRule.nullable(),
  /**
   * Since when its clicks are known as a program's; it stays because it was
   * already accepted. Null: not questioned.
   */
  machineClicksAt: Instant.nullable(),
  followedUp: z
    .object({ at: Instant, by: z.string(), note: z.string().nullable() })
    .nullable()
    .describe('who of the partner said last that they are still at it'),
  createdAt: Instant,
  requestedAt: Instant.describe('when it became a lead, or its person sent the form last; the list is in this order'),
  askedAgain: z.boolean().describe('its person sent the form again, and no user has reacted since'),
});
export type LeadView = z.infer<typeof LeadView>;
export const LeadPage = pageOf(LeadView);

export const LeadQuery = PageQuery.extend({
  /**
   * Only leads that need follow-up: new ones, and inactive ones.
   * Absent: all.
   */
  waiting: z.enum(['yes']).optional(),
});
/**
 * Leads that need follow-up.
 * `new`: not accepted yet, or asked again.
 * `quiet`: accepted, and without activity for too long.
 */
export const WaitingLeads = z.object({ new: z.number().int(), quiet: z.number().int() });
export type WaitingLeads = z.infer<typeof WaitingLeads>;

/** `amount` is the value of the deal, if known. Absent: unchanged. */
export const ChangeLead = z.strictObject({
  status: z.enum(['accepted', 'working', 'won', 'lost']),
  amount: DealAmount.optional(),
});

/** Null: the value is not known. */
export const ChangeLeadAmount = z.strictObject({ amount: DealAmount.nullable() });

/** A user still works on an accepted lead: no reminder is sent. */
export const NewFollowUp = z.strictObject({
  note: lineOfText(300).min(1).optional().describe('for the partner’s own people; no vendor reads it'),
});

/** Something that a person did, or that was done about the lead. */
export const LeadMoment = z.object({
  id: z.string(),
  at: Instant,
  kind: z.enum([
    ...(['sent', 'click', 'form', 'document', 'reply', 'unsubscribe'] as const),
    ...(['status', 'amount', 'follow-up', 'machine-clicks', 'disclosed', 'revoked', 'answered'] as const),
  ]),
  /**
   * The step, the link, the text of the form, the document, the new state, the note, the vendor's name or
   * its answer.
   */
  what: z.string(),
  /**
   * The name of an e-mail's step; null for another kind, and for a deleted
   * step.
   */
  name: StepName.nullable(),
  /** The clicked link or the document; null for another kind. */
  link: ClickedLink.nullable(),
  /** Who did it, where it was staff; the vendor, where it answered. */
  by: z.string().nullable(),
  amount: Amount.nullable(),
});
export type LeadMoment = z.infer<typeof LeadMoment>;

/** A lead's interactions and its follow-up, oldest first. */
export const LeadHistory = pageOf(LeadMoment);
export type LeadHistory = z.infer<typeof LeadHistory>;

/** Only the vendor of the lead's campaign sees it. */
export const NewDisclosure = z.strictObject({
  fields: z.array(DisclosedField).min(1).max(5),
  /** The reason in the partner's text; the vendor reads it, too. */
  purpose: lineOfText(300).min(3),
});

/** A vendor's view of a contact: the disclosed fields, until revoked. */
export const DisclosedLead = z.object({
  id: z.uuid(),
  partnerId: z.uuid(),
  partnerName: z.string(),
  campaignId: z.uuid(),
  campaignTitle: z.string(),
  person: z.object({
    name: z.string().optional(),
    email: z.string().optional(),
    phone: z.string().optional(),
    company: z.string().optional(),
    message: z.string().optional(),
  }),
  phoneLink: PhoneLinkView.nullable(),
  purpose: z.string(),
  disclosedBy: z.string().describe('the user of the partner'),
  disclosedAt: Instant,
  answer: DisclosureAnswer.nullable().describe('your last answer, as the partner sees it; null: none yet'),
  next: z.array(DisclosureAnswer.shape.status).describe('what can be answered now'),
});
export type DisclosedLead = z.infer<typeof DisclosedLead>;
export const DisclosedLeads = pageOf(DisclosedLead);

/** The partner reads it at the lead, and gets an e-mail. */
export const NewDisclosureAnswer = z.strictObject({
  status: DisclosureAnswer.shape.status,
  note: lineOfText(500).min(1).optional().describe('for the partner, such as who takes care of the lead'),
});

/** Who of the vendor gets an e-mail when a partner shares a lead. */
export const DisclosureRecipient = z.object({
  /** Null: the owners. */
  userId: z.uuid().nullable(),
  /** Users who may read shared leads. */
  candidates: z.array(z.object({ userId: z.uuid(), name: z.string() })),
});
export type DisclosureRecipient = z.infer<typeof DisclosureRecipient>;
export const ChangeDisclosureRecipient = z.strictObject({ userId: idSchema<UserId>().nullable() });

/**
 * What the e-mails about leads say of the person: nothing, the telephone number,
 * or name, company and telephone number.
 */
export const LeadMailSetting = z.strictObject({ details: z.enum(['none', 'phone', 'person']) });
export type LeadMailSetting = z.infer<typeof LeadMailSetting>;
