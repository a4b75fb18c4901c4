import { z } from 'zod';
import type { ContactListId } from '#kernel';
import { idSchema } from './id.js';
import { PageQuery, pageOf } from './page.contract.js';
import { lineOfText } from './text.contract.js';

const text = z.string().max(1000).nullable();

/**
 * Country, time zone and language are validated when stored; null or blank:
 * unknown.
 */
const fields = {
  firstName: text.optional(),
  lastName: text.optional(),
  salutation: text.optional().describe('as in a letter: Mr, Frau Dr.'),
  company: text.optional(),
  phone: text.optional().describe('as people write it, such as +49 30 1234567'),
  country: text.optional().describe('ISO 3166-1 alpha-2 code, or a country’s name'),
  timeZone: text.optional().describe('IANA name, such as Europe/Berlin'),
  language: text.optional().describe('BCP 47 tag, such as pt-BR'),
  industry: text.optional(),
  persona: text.optional(),
  stage: text.optional(),
  segment: text.optional().describe('the vendor’s or partner’s own word, such as smb or enterprise'),
  renewsOn: text.optional().describe('next renewal of the contract, such as 2027-03-31'),
  warrantyEndsOn: text.optional().describe('last day of the warranty'),
  trialEndsOn: text.optional().describe('last day of the trial'),
  purchasedOn: text.optional().describe('day of the purchase'),
};

export const ConsentBasis = z.enum(['customer', 'opt-in', 'legitimate-interest', 'unknown']);

/** On what basis one may write to a contact. `unknown` holds its mail. */
export const NewConsent = z.strictObject({
  basis: ConsentBasis,
  evidence: lineOfText(500).nullable().optional(),
  jurisdiction: lineOfText(60).nullable().optional(),
  expiresOn: z.iso.date().nullable().optional(),
});

export const NewContact = z.strictObject({
  email: z.string().max(400),
  ...fields,
  listIds: z.array(idSchema<ContactListId>()).max(50).optional(),
  consent: NewConsent.optional(),
});

/** What is left out stays. */
export const ContactChange = z.strictObject({
  email: z.string().max(400).optional(),
  ...fields,
  consent: NewConsent.optional(),
  addToLists: z.array(idSchema<ContactListId>()).max(50).optional(),
  takeFromLists: z.array(idSchema<ContactListId>()).max(50).optional(),
});

const filter = {
  listId: idSchema<ContactListId>().optional(),
  q: lineOfText(100).min(1).optional(),
  consent: z
    .enum(['unknown', 'pending', 'expired', 'recorded'])
    .optional()
    .describe('unknown: no basis; pending: asked, not confirmed; expired: it has run out; recorded: it holds'),
  suppressed: z.enum(['yes', 'no']).optional().describe('whether the address is on your own suppression list'),
};
/** Which contacts are meant; an absent field does not filter. */
export const ContactFilter = z.strictObject(filter);
export const ContactQuery = PageQuery.extend(filter);
export const ContactCount = z.object({ count: z.number().int() });
export type ContactCount = z.infer<typeof ContactCount>;

/** One consent for all contacts that match. */
export const ConsentForMany = z.strictObject({
  filter: ContactFilter.extend({ consent: z.enum(['unknown', 'expired', 'recorded']) }),
  expected: z.number().int().min(1).describe('how many matched when you looked; refused when it is not so any more'),
  consent: NewConsent,
});

export const Contact = z.object({
  id: z.uuid(),
  email: z.string(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  salutation: z.string().nullable(),
  company: z.string().nullable(),
  phone: z.string().nullable(),
  country: z.string().nullable(),
  timeZone: z.string().nullable(),
  language: z.string().nullable(),
  industry: z.string().nullable(),
  persona: z.string().nullable(),
  stage: z.string().nullable(),
  segment: z.string().nullable(),
  renewsOn: z.string().nullable(),
  warrantyEndsOn: z.string().nullable(),
  trialEndsOn: z.string().nullable(),
  purchasedOn: z.string().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Contact = z.infer<typeof Contact>;
export const ContactPage = pageOf(Contact);

export const ConsentRecord = z.object({
  basis: z.enum([...ConsentBasis.options, 'pending']),
  evidence: z.string().nullable(),
  source: z.string(),
  jurisdiction: z.string().nullable(),
  /** Said with the record, or the contact's country at that time. */
  jurisdictionSource: z.enum(['stated', 'contact']).nullable(),
  expiresOn: z.string().nullable(),
  hasExpired: z.boolean().describe('its last day is over, in UTC: nothing is sent on it any more'),
  recordedAt: z.iso.datetime(),
  /** Null for a record of another origin. */
  form: z
    .object({
      language: z.string().describe('BCP 47, of the text as shown'),
      page: z.string().describe('URL'),
      versionId: z.uuid().describe('the campaign version of the page'),
      confirmation: z
        .enum(['none', 'partner', 'campaign'])
        .describe('who asked for a confirmation by e-mail: your own rule, or the campaign'),
    })
    .nullable()
    .describe('the form that asked for it; evidence is the text as shown'),
});
export type ConsentRecord = z.infer<typeof ConsentRecord>;

/** A contact with lists, consent (the first record counts) and suppression. */
export const ContactDetail = Contact.extend({
  listIds: z.array(z.uuid()),
  consent: z.array(ConsentRecord),
  suppression: z.object({ id: z.uuid(), reason: z.string(), suppressedAt: z.iso.datetime() }).nullable(),
});
export type ContactDetail = z.infer<typeof ContactDetail>;
