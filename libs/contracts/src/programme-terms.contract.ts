import { z } from 'zod';
import type { VendorId } from '#kernel';
import { idSchema } from './id.js';
import { pageOf, PageQuery } from './page.contract.js';

const Day = z.iso.date();
const Locale = z.string().min(2).max(35);
const Texts = z
  .record(Locale, z.string().trim().min(1).max(20_000))
  .refine((texts) => Object.keys(texts).length > 0, 'Write the terms in one language at least.')
  .refine((texts) => Object.keys(texts).length <= 10, 'At most ten languages.');

const terms = {
  number: z.number().int().min(1).max(10_000),
  effectiveOn: Day.describe('the first day on which it applies (UTC)'),
  acceptBy: Day.describe('the last day (UTC) for partners to accept it'),
  isRequired: z.boolean().describe('after that day, a partner that has not accepted it can launch no campaign'),
};

/** A new version. A version is never changed. */
export const PublishProgrammeTerms = z.strictObject({
  ...terms,
  number: terms.number.describe('one more than the newest version'),
  texts: Texts.describe('plain text by language, BCP 47'),
});

const ProgrammeTermsVersion = z.object({
  ...terms,
  texts: z.record(z.string(), z.string()),
  publishedBy: z.string(),
  publishedAt: z.iso.datetime(),
  acceptedCount: z.number().int().describe('partners that have accepted this version or a newer one'),
});
export type ProgrammeTermsVersion = z.infer<typeof ProgrammeTermsVersion>;
export const ProgrammeTermsView = z.object({
  items: z.array(ProgrammeTermsVersion).describe('newest first'),
  partnerCount: z.number().int().describe('partners in the programme'),
});
export type ProgrammeTermsView = z.infer<typeof ProgrammeTermsView>;

const Acceptance = z.object({
  number: z.number().int(),
  acceptedBy: z.string(),
  acceptedAt: z.iso.datetime(),
  language: z.string().describe('of the text that the person read'),
  textHash: z.string().describe('SHA-256 of that text in UTF-8, hexadecimal'),
});

export const TermsPartnersQuery = PageQuery.extend({
  state: z
    .enum(['accepted', 'waiting'])
    .default('waiting')
    .describe('whether a partner has accepted the newest version'),
});
const TermsPartner = z.object({
  partnerId: z.uuid(),
  name: z.string(),
  acceptance: Acceptance.nullable().describe('of the newest version that it has accepted; null: of none'),
});
export type TermsPartner = z.infer<typeof TermsPartner>;
export const TermsPartners = pageOf(TermsPartner);

/** The newest terms of a vendor, without their text. */
export const VendorTermsState = z.object({
  ...terms,
  acceptance: Acceptance.nullable().describe('null: your organisation has not accepted this version'),
  isOverdue: z.boolean().describe('true: launches of its campaigns are refused until it is accepted'),
});
export type VendorTermsState = z.infer<typeof VendorTermsState>;

/** The newest terms of a vendor, for a partner. */
const VendorTerms = VendorTermsState.extend({
  vendorId: z.uuid(),
  vendorName: z.string(),
  texts: z.record(z.string(), z.string()).describe('plain text by language, BCP 47'),
});
export type VendorTerms = z.infer<typeof VendorTerms>;
export const AllVendorTerms = z.object({ items: z.array(VendorTerms) });

export const AcceptVendorTerms = z.strictObject({
  vendorId: idSchema<VendorId>(),
  number: terms.number.describe('of the version that you have read'),
  language: Locale.describe('of the text that you have read'),
});
