import { z } from 'zod';
import type { PartnerGroupId } from '#kernel';
import { EditVersion } from './edit-version.contract.js';
import { idSchema } from './id.js';
import { pageOf } from './page.contract.js';
import { lineOfText } from './text.contract.js';

const Instant = z.iso.datetime();
const Role = z.enum(['owner', 'marketer', 'viewer']);

/** The recipients of a newsletter. */
const Audience = z.strictObject({
  /** Partners in any of these groups; empty: all partners in the programme. */
  groupIds: z.array(idSchema<PartnerGroupId>()).max(100),
  /** People with these roles; empty: all. */
  roles: z.array(Role).max(3),
});
export const NewsletterAudienceRequest = Audience;

export const NewsletterAudienceView = z.object({
  people: z.number().int(),
  partners: z.number().int(),
  /** People who have turned off newsletters by e-mail. Null: fewer than five people. */
  withoutEmail: z.number().int().nullable(),
  /** How many people have each language. */
  locales: z.record(z.string(), z.number().int()),
  /** The first 20 by partner and name. */
  first: z.array(z.object({ name: z.string(), partner: z.string(), role: z.string() })),
});
export type NewsletterAudienceView = z.infer<typeof NewsletterAudienceView>;

/** In people, not in e-mails. Null: fewer than five people, whom a number would name. */
const Results = z.object({
  people: z.number().int(),
  partners: z.number().int(),
  /** Their turn has not come, or the mail server has not answered. */
  waiting: z.number().int().nullable(),
  accepted: z.number().int().nullable(),
  refused: z.number().int().nullable(),
  /** In the portal or the weekly summary only, as the person has chosen. */
  withoutEmail: z.number().int().nullable(),
  /** In the portal, or by following a link. */
  opened: z.number().int().nullable(),
  clicked: z.number().int().nullable(),
  /** With the link of this newsletter. */
  unsubscribed: z.number().int().nullable(),
});

const NewsletterCard = z.object({
  id: z.uuid(),
  title: z.record(z.string(), z.string()),
  locales: z.array(z.string()),
  state: z.enum(['draft', 'scheduled', 'sending', 'sent']),
  sendAt: Instant.nullable(),
  sentAt: Instant.nullable(),
  scheduledBy: z.string().nullable(),
  createdAt: Instant,
  createdBy: z.string(),
  /** Null before it is sent. */
  results: Results.nullable(),
});
export type NewsletterCard = z.infer<typeof NewsletterCard>;
export const NewsletterPage = pageOf(NewsletterCard);

export const NewsletterView = NewsletterCard.extend({
  /** The draft that the studio edits. */
  campaignId: z.uuid(),
  versionNumber: z.number().int(),
  groupIds: z.array(z.uuid()),
  roles: z.array(Role),
  senderAddress: z.string(),
  version: EditVersion,
});
export type NewsletterView = z.infer<typeof NewsletterView>;

export const CreateNewsletter = z.strictObject({
  title: lineOfText(200).min(1),
  /** BCP 47; the first is for people whose language it does not have. Absent: English and German, or those of `from`. */
  languages: z.array(z.string().min(2).max(35)).min(1).max(40).optional(),
  /** A newsletter to copy; absent: the one that ships with the product. */
  from: z.uuid().optional(),
});

export const ChangeNewsletter = z.strictObject({
  ...Audience.shape,
  /** Your postal address, in one line of the footer. */
  senderAddress: lineOfText(200),
});

/** Absent `at`: now. */
export const SendNewsletter = z.strictObject({ at: Instant.optional() });

/** Absent: the first language of the newsletter; of a test, the reader's. */
export const NewsletterLanguage = z.strictObject({ locale: z.string().min(2).max(35).optional() });

export const NewsletterPreviewView = z.object({
  subject: z.string(),
  preheader: z.string(),
  html: z.string(),
  text: z.string(),
  locale: z.string(),
  locales: z.array(z.string()),
});
export type NewsletterPreviewView = z.infer<typeof NewsletterPreviewView>;

export const NewsletterTest = z.object({ to: z.string() });

export const ReceivedNewsletterView = z.object({
  from: z.string(),
  at: Instant,
  subject: z.string(),
  html: z.string(),
});
export type ReceivedNewsletterView = z.infer<typeof ReceivedNewsletterView>;
