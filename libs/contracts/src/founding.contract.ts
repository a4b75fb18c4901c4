import { z } from 'zod';
import { EmailField } from './email-field.js';
import { UserLanguage } from './user-language.js';

/** The first run of an installation is still possible. */
export const FirstRunView = z.object({
  mailDomain: z.string().describe('partners without a domain of their own send from it until the vendor has one'),
});
export type FirstRunView = z.infer<typeof FirstRunView>;

export const FoundVendor = z.strictObject({
  token: z.string().min(1).max(200).describe('what the process printed at its start'),
  vendorName: z.string().trim().min(1).max(120),
  countryCode: z.string().regex(/^[A-Z]{2}$/, 'Two capital letters (ISO 3166), for example GB.'),
  timeZone: z.string().min(1).max(60).describe('IANA name, such as Europe/Berlin'),
  languages: z.array(z.string().min(1).max(35)).min(1).max(20).describe('of campaigns, the first one first (BCP 47)'),
  senderDomain: z
    .string()
    .trim()
    .min(1)
    .max(253)
    .optional()
    .describe('a sub-domain of yours, such as partners.example.com'),
  colour: z.string().max(20).optional().describe('of buttons and links in e-mails, such as #0f766e'),
  name: z.string().trim().min(1).max(120).describe('of the first owner'),
  email: EmailField,
  password: z.string().min(1).max(1000),
  language: UserLanguage.describe('of the portal and of e-mails to the owner'),
});

/** What a new partner does before and with its first launch. */
export const OnboardingView = z.object({
  isHidden: z.boolean().describe('a person of your organisation has hidden it'),
  steps: z.array(
    z.object({
      key: z.enum(['brand', 'sender', 'contacts', 'terms', 'launch']),
      isDone: z.boolean().describe('its fact is there'),
    }),
  ),
});
export type OnboardingView = z.infer<typeof OnboardingView>;

export const SetUpChecklistView = z.object({
  isHidden: z.boolean().describe('an owner has hidden it'),
  steps: z.array(
    z.object({
      key: z.enum(['mail', 'brand', 'domain', 'group', 'campaign', 'partner']),
      isDone: z.boolean().describe('its fact is there'),
    }),
  ),
  mailTest: z.object({
    state: z.enum(['none', 'waiting', 'delayed', 'accepted', 'refused']).describe('delayed: tried again'),
    refusal: z.string().nullable().describe('why it was not accepted, without addresses'),
  }),
});
export type SetUpChecklistView = z.infer<typeof SetUpChecklistView>;
