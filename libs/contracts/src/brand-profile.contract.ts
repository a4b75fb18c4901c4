import { z } from 'zod';
import { Named } from './problem.contract.js';

const text = (max: number) =>
  z
    .string()
    .max(max * 2)
    .nullable();

const colours = z.strictObject({
  primary: z.string().max(20),
  onPrimary: z.string().max(20),
  secondary: z.string().max(20),
  onSecondary: z.string().max(20),
  link: z.string().max(20),
});

const contact = z.strictObject({ name: text(120), title: text(120), phone: text(40), email: text(254) });

const locales = z
  .record(
    z.string().max(35),
    z.strictObject({
      legalLine: z.string().max(1200).optional(),
      postalAddress: z.string().max(800).optional(),
      contact: z
        .strictObject({
          name: z.string().max(240).optional(),
          title: z.string().max(240).optional(),
          phone: z.string().max(80).optional(),
        })
        .optional()
        .describe('contact person for readers of this language; replies go to one address in every language'),
    }),
  )
  .refine((given) => Object.keys(given).length <= 50, 'At most 50 languages.');

/** Replaces the profile. The logo has its own route. */
export const BrandProfileEdit = z.strictObject({
  name: z.string().max(240),
  legalName: text(200),
  legalLine: text(600),
  postalAddress: text(400),
  countryCode: z.string().max(10).nullable(),
  timeZone: text(60),
  website: text(300),
  privacyUrl: text(300).default(null).describe('address of the privacy policy, on a confirmed host'),
  imprintUrl: text(300).default(null).describe('address of the imprint (legal notice), on a confirmed host'),
  contact,
  colours: colours.nullable(),
  locales,
});

const named = Named.optional().describe('what the sentence names, for a sentence in another language');

const BrandFeedback = z.object({
  code: z.string(),
  field: z.string(),
  message: z.string(),
  remedy: z.string().optional(),
  suggestion: z.string().optional().describe('a colour to use instead'),
  named,
});

export const BrandProfile = z.object({
  version: z.number().int(),
  name: z.string(),
  legalName: z.string().nullable(),
  legalLine: z.string().nullable(),
  postalAddress: z.string().nullable(),
  countryCode: z.string().nullable(),
  timeZone: z.string().nullable(),
  website: z.string().nullable(),
  privacyUrl: z.string().nullable(),
  imprintUrl: z.string().nullable(),
  verifiedHosts: z.array(z.string()).describe('where links of this partner may lead'),
  contact,
  colours: colours.nullable(),
  locales,
  logoId: z.uuid().nullable(),
  isComplete: z.boolean(),
  missing: z.array(z.object({ field: z.string(), sentence: z.string(), named })).describe('what a launch still needs'),
  feedback: z.array(BrandFeedback),
});
export type BrandProfile = z.infer<typeof BrandProfile>;

/** What was read from an uploaded logo, and the profile that now carries it. */
export const LogoUpload = z.object({
  logoId: z.uuid(),
  mediaType: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  palette: z.array(z.string()).describe('colours of the logo, the most frequent first'),
  variants: z
    .record(z.enum(['light', 'dark', 'mono']), z.string())
    .describe('address of a picture for each surface; width and height may be changed'),
  surfaces: z.record(
    z.enum(['light', 'dark']),
    z.object({
      source: z
        .enum(['original', 'generated', 'uploaded'])
        .describe('the upload as it is, parts of it recoloured, or a file of its own'),
      isAdapted: z.boolean().describe('whether the upload was recoloured for this surface'),
    }),
  ),
  feedback: z.array(z.object({ code: z.string(), message: z.string(), remedy: z.string(), named })),
  profile: BrandProfile,
});
export type LogoUpload = z.infer<typeof LogoUpload>;

/** The upload as it is on a surface, or what was made of it. */
export const LogoVariantChoice = z.strictObject({ source: z.enum(['original', 'generated']) });

const pixels = z.coerce.number().int().min(8).max(1200);
export const LogoImageQuery = z.object({ width: pixels.default(320), height: pixels.default(120) });
