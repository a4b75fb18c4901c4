import { z } from 'zod';
import { EditVersion } from './edit-version.contract.js';
import { EmailField } from './email-field.js';
import { pageOf, PageQuery } from './page.contract.js';
import { lineOfText } from './text.contract.js';
import { UserLanguage } from './user-language.js';

const Country = z.string().regex(/^[A-Z]{2}$/, 'Two capital letters (ISO 3166), for example GB.');
const Locale = z.string().min(2).max(35);
const ByLanguage = (maxLength: number) => z.record(Locale, z.string().trim().min(1).max(maxLength));
const Domain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'A domain without @, such as example.com.')
  .max(253);
const CompanyList = z.strictObject({
  countries: z.array(Country).max(250),
  domains: z.array(Domain).max(500).describe('of e-mail addresses, such as example.com'),
});

const Question = z.strictObject({
  key: z.string().regex(/^[a-z0-9-]{1,40}$/, 'Small letters, digits and hyphens.'),
  label: ByLanguage(200).describe('the question by language, BCP 47'),
  isRequired: z.boolean(),
});

export const SaveApplicationForm = z.strictObject({
  isOpen: z.boolean().describe('whether companies can use it'),
  introduction: ByLanguage(2000).describe('by language, BCP 47'),
  questions: z
    .array(Question)
    .max(10)
    .refine((all) => new Set(all.map(({ key }) => key)).size === all.length, 'Each key once.')
    .describe('besides company, website, country, person and address'),
  rules: z.strictObject({
    refuse: CompanyList.describe('refused without a person; stronger than `accept`'),
    accept: CompanyList.describe('invited without a person, if the address belongs to a company'),
    tier: z.string().trim().max(60).describe('of companies that a rule accepts'),
    region: z.string().trim().max(60),
    refusal: lineOfText(500).describe('what a company is told that a rule refuses; empty: no reason'),
  }),
});
export const ApplicationFormView = SaveApplicationForm.extend({
  version: EditVersion,
  url: z.string().describe('of the public form'),
});
export type ApplicationFormView = z.infer<typeof ApplicationFormView>;

/** What a company without an account sees of a form. */
export const PublicApplicationForm = z.object({
  vendorName: z.string(),
  introduction: z.record(z.string(), z.string()),
  questions: z.array(z.object({ key: z.string(), label: z.record(z.string(), z.string()), isRequired: z.boolean() })),
});
export type PublicApplicationForm = z.infer<typeof PublicApplicationForm>;

export const SendApplication = z.strictObject({
  company: z.string().trim().min(1).max(120),
  website: z
    .string()
    .trim()
    .max(200)
    .refine((address) => address.includes('.') && !/\s/.test(address), 'A web address, such as www.example.com.')
    .optional(),
  countryCode: Country,
  person: z.string().trim().min(1).max(120),
  email: EmailField,
  language: UserLanguage.describe('of the form, and of e-mails about the application'),
  answers: z.record(z.string().max(40), z.string().trim().max(1000)).describe('by the key of the question'),
});

export const ApplicationView = z.object({
  id: z.uuid(),
  company: z.string(),
  website: z.string().nullable(),
  countryCode: z.string(),
  person: z.string(),
  email: z.string(),
  language: z.string(),
  answers: z.array(z.object({ question: z.string(), answer: z.string() })),
  confirmedAt: z.iso.datetime().describe('when the address was proved'),
  decision: z.enum(['accepted', 'refused']).nullable().describe('null: it waits for a person'),
  decidedBy: z.string().nullable().describe('null: a rule of the form'),
  decidedAt: z.iso.datetime().nullable(),
  reason: z.string().nullable().describe('what the applicant was told'),
  partnerId: z.uuid().nullable().describe('the partner that was invited'),
  distributorName: z.string().nullable().describe('the distributor that proposes it; null: it applied itself'),
  proposedBy: z.string().nullable().describe('the person of the distributor'),
});
export type ApplicationView = z.infer<typeof ApplicationView>;
export const Applications = pageOf(ApplicationView).extend({
  waiting: z.number().int().describe('how many wait for a person'),
});
export type Applications = z.infer<typeof Applications>;
export const ApplicationsQuery = PageQuery.extend({
  state: z.enum(['waiting', 'decided']).default('waiting'),
});
export const AcceptApplication = z.strictObject({
  tier: z.string().trim().min(1).max(60),
  region: z.string().trim().min(1).max(60),
});
export const RefuseApplication = z.strictObject({
  reason: lineOfText(500).min(1).optional().describe('what the applicant is told; absent: no reason'),
});
