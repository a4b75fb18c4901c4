import { z } from 'zod';
import { type Locale, parseLocale, urlOf } from '#kernel';
import { FORM_FIELDS, RESERVED_LINKS } from '#rendering';
import { DEFAULT_LEAD_RULE, givenName as name, type LeadRule, leadRuleSchema, sequenceSchema } from '#sequencing';

/**
 * Links are written as fields (`{{links.caseStudy}}`), which do not allow
 * hyphens.
 */
const linkName = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9]{0,59}$/, 'Use a lower-case letter first, then letters and digits.')
  .refine((given) => !RESERVED_LINKS.includes(given), 'Every campaign has this link already: choose another name.');
const path = z.string().min(1).max(200);
const catalogueKey = z.string().min(1).max(200);
const colour = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'Write a colour as six hex digits: "#0b5cad".')
  .toLowerCase();
const locale = z.string().transform((tag, context): Locale => {
  const parsed = parseLocale(tag);
  if (parsed !== null && parsed === (tag as Locale)) return parsed;
  context.addIssue({
    code: 'custom',
    message: parsed === null ? 'This is not a language tag.' : `Write this tag as "${parsed}".`,
  });
  return z.NEVER;
});
const inEachLocale = <T extends z.ZodType>(value: T) => z.record(locale, value);
const label = inEachLocale(z.string().trim().min(1).max(200));
const webAddress = z
  .string()
  .max(2000)
  .refine(isPlainHttps, 'Write a complete https:// address without port or password.');

function isPlainHttps(value: string): boolean {
  const url = urlOf(value);
  return (
    url !== null &&
    url.protocol === 'https:' &&
    url.port === '' &&
    url.username === '' &&
    url.password === '' &&
    url.hostname.includes('.')
  );
}

const LINK_KINDS = ['target', 'partner', 'page', 'document'] as const;

/** Target of a link: exactly one of the four. It becomes the link's `kind`. */
const link = z
  .strictObject({
    target: webAddress.optional(),
    tracked: z.boolean().optional(),
    partner: z.literal(true).optional(),
    label: label.optional(),
    page: name.optional(),
    document: name.optional(),
  })
  .transform((given, context): CampaignLink => {
    const kinds = LINK_KINDS.filter((kind) => given[kind] !== undefined);
    if (kinds.length !== 1)
      context.addIssue({ code: 'custom', message: 'A link has exactly one of target, partner, page and document.' });
    const tracked = given.tracked ?? true;
    if (given.target !== undefined) return { kind: 'target', target: given.target, tracked };
    if (given.page !== undefined) return { kind: 'page', page: given.page, tracked };
    if (given.document !== undefined) return { kind: 'document', document: given.document, tracked };
    if (given.label === undefined && kinds.length === 1)
      context.addIssue({
        code: 'custom',
        message: 'A partner link needs a label that tells the partner what to enter.',
      });
    return { kind: 'partner', label: given.label ?? {}, tracked };
  });

const form = z
  .strictObject({
    fields: z.array(z.enum(FORM_FIELDS)).min(1),
    required: z.array(z.enum(FORM_FIELDS)).default(['email']),
    submit: catalogueKey,
    consent: catalogueKey,
    thanks: catalogueKey,
    /** A link that the reader is offered after the form was sent. */
    next: z.strictObject({ link: name, label: catalogueKey }).optional(),
    doubleOptIn: z.boolean().default(false),
  })
  .superRefine(({ fields, required }, context) => {
    if (!fields.includes('email') || !required.includes('email'))
      context.addIssue({ code: 'custom', path: ['fields'], message: 'A form asks for the email and requires it.' });
    required.forEach((field, at) => {
      if (!fields.includes(field))
        context.addIssue({
          code: 'custom',
          path: ['required', at],
          message: `"${field}" is required but not a field.`,
        });
    });
  });

/** Points from the page's lower left, for documents without form fields. */
const box = z
  .strictObject({
    page: z.number().int().min(1).max(500),
    x: z.number().min(-14_400).max(14_400),
    y: z.number().min(-14_400).max(14_400),
    width: z.number().min(4).max(14_400),
    height: z.number().min(4).max(14_400),
  })
  .optional();
const written = {
  box,
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/, 'A colour has the form #rrggbb.')
    .optional(),
  align: z.enum(['start', 'center', 'end']).optional(),
};

const documentSlot = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('logo'), surface: z.enum(['light', 'dark']).default('light'), box }),
  z.strictObject({ kind: z.literal('contact'), ...written }),
  z.strictObject({
    kind: z.literal('text'),
    slot: name,
    size: z.number().min(4).max(144).default(11),
    minSize: z.number().min(4).max(144).default(8),
    ...written,
  }),
  z.strictObject({ kind: z.literal('qr'), link: linkName, box }),
  z.strictObject({ kind: z.literal('link'), link: linkName, box }),
]);

/** The schema of `campaign.yaml`. Strict: an unknown field is an error. */
export const campaignSchema = z.strictObject({
  format: z.literal('throughline/campaign@1'),
  name: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'Write the name in kebab case: "zero-trust-edge".')
    .max(60),
  title: label,
  summary: inEachLocale(z.string().trim().min(1).max(600)),
  theme: z.string().trim().min(1).max(60),
  locales: z.array(locale).min(1).max(40),
  brand: z.strictObject({
    defaults: z.strictObject({
      primary: colour,
      onPrimary: colour,
      secondary: colour,
      onSecondary: colour,
      link: colour,
    }),
  }),
  links: z.record(linkName, link).default({}),
  locks: z.array(name).min(1),
  emails: z.record(name, z.strictObject({ source: path, subject: catalogueKey, preheader: catalogueKey })).default({}),
  pages: z
    .record(name, z.strictObject({ source: path, title: catalogueKey, form: form.optional() }))
    .refine(
      (pages) => Object.keys(pages).length <= 1,
      'Keep one: every link to a page leads to the partner’s one address.',
    )
    .default({}),
  documents: z
    .record(
      name,
      z.strictObject({
        source: z.union([path, inEachLocale(path)]),
        title: catalogueKey,
        requiresForm: z.boolean().optional(),
        slots: z.record(name, documentSlot).default({}),
      }),
    )
    .default({}),
  social: z
    .record(
      name,
      z.strictObject({
        text: catalogueKey,
        link: linkName,
        images: z.strictObject({ landscape: path, square: path, story: path }),
      }),
    )
    .default({}),
  slots: z
    .record(
      name,
      z.strictObject({
        label: z.union([catalogueKey, label]),
        help: z.union([catalogueKey, label]).optional(),
        maxChars: z.number().int().min(1).max(5000),
        maxLines: z.number().int().min(1).max(100).default(1),
        required: z.boolean().default(false),
        default: catalogueKey.optional(),
      }),
    )
    .default({}),
  sequence: sequenceSchema,
  leads: leadRuleSchema.optional(),
});

/** Text by locale. Every locale of the campaign is present. */
export type Localised = Readonly<Record<string, string>>;

export type CampaignLink =
  | { readonly kind: 'target'; readonly target: string; readonly tracked: boolean }
  | { readonly kind: 'partner'; readonly label: Localised; readonly tracked: boolean }
  | { readonly kind: 'page'; readonly page: string; readonly tracked: boolean }
  | { readonly kind: 'document'; readonly document: string; readonly tracked: boolean };

/** `campaign.yaml`, read: names resolved to kinds, defaults filled in. */
export type CampaignDefinition = z.output<typeof campaignSchema>;
export type FormDefinition = z.output<typeof form>;

/**
 * When contacts become leads, and when a reminder about an untouched lead is
 * due.
 */
export const leadRuleOf = ({ leads }: Pick<CampaignDefinition, 'leads'>): LeadRule => leads ?? DEFAULT_LEAD_RULE;

/**
 * The locale for partners and contacts whose language the campaign does not
 * have.
 */
export function defaultLocale({ locales }: { readonly locales: readonly Locale[] }): Locale {
  const [first] = locales;
  if (first === undefined) throw new Error('A campaign definition has at least one locale.');
  return first;
}
