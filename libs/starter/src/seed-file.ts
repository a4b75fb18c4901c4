import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  ATTRIBUTE_KINDS,
  EmailField,
  PublishProgrammeTerms,
  SaveApplicationForm,
  SaveOnboardingReminders,
  TIER_FACTS,
  NewSavedView,
  ViewMail,
} from '#contracts';
import { packageRoot } from '#kernel';

/** A fact about partners: see the attributes of the vendor. */
const Attribute = z.object({
  name: z.string(),
  help: z.string().default(''),
  kind: z.enum(ATTRIBUTE_KINDS),
  owner: z.enum(['vendor', 'partner']),
  options: z.array(z.string()).default([]),
});

const Partner = z.object({
  key: z.string(),
  name: z.string(),
  email: EmailField,
  person: z.string(),
  title: z.string(),
  countryCode: z.string(),
  timeZone: z.string(),
  tier: z.string(),
  region: z.string(),
  externalId: z.string().optional(),
  /** The vendor's channel manager looks after it. */
  hasManager: z.boolean().default(false),
  /** It proposes partners, and the vendor decides. */
  isDistributor: z.boolean().default(false),
  /** Key of the partner that brought it. */
  distributor: z.string().optional(),
  /** Values by the name of an attribute; a day of a certification counts from the start. */
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])).default({}),
  invited: z.boolean().default(false),
  /** Has accepted the programme terms. */
  acceptsTerms: z.boolean().default(true),
  /** Why the vendor's owner has set its tier by hand, for how many days; absent: rules decide. */
  manualTier: z.object({ reason: z.string(), days: z.number().int() }).optional(),
  /** Shows the vendor its exact totals. */
  sharesTotals: z.boolean().default(false),
  /** Lets its deals count in sums without names. Not together with `sharesTotals`. */
  countsDeals: z.boolean().default(false),
  logo: z.string().optional(),
  /** Its own version for dark backgrounds. */
  logoForDark: z.string().optional(),
  legalName: z.string().optional(),
  legalLine: z.string().optional(),
  address: z.string().optional(),
  phone: z.string().optional(),
  colours: z.object({ primary: z.string(), secondary: z.string(), link: z.string() }).optional(),
  contacts: z.number().int(),
  language: z.string(),
});
export type SeedPartner = z.output<typeof Partner>;

const Texts = z.record(z.string(), z.string());
/** An asset of the vendor's library: a file below `templates`, or texts. */
const SeedAsset = z.object({
  kind: z.enum(['logo', 'text', 'signature', 'video']).optional(),
  file: z.string().optional(),
  title: z.string(),
  folder: z.string().default(''),
  tags: z.array(z.string()).default([]),
  alt: Texts.default({}),
  texts: Texts.optional(),
  address: z.string().optional(),
  /** WebVTT of a video by language. */
  captions: Texts.optional(),
  /** Title of the picture that stands for a video. It is earlier in the list. */
  poster: z.string().optional(),
  /** Corner of the partner's logo in copies. */
  logo: z.enum(['top-left', 'top-right', 'bottom-left', 'bottom-right']).optional(),
  /** As what it is shared with all partners. */
  shareAs: z.enum(['brochure', 'logo', 'picture', 'signature', 'sales-play', 'video']).optional(),
});
export type SeedAsset = z.output<typeof SeedAsset>;

/** What a tier needs: facts of the last months, and values of attributes by name. */
const SeedTier = z.object({
  name: z.string(),
  about: z.string(),
  months: z.number().int().default(6),
  facts: z.partialRecord(z.enum(TIER_FACTS), z.number().int()).default({}),
  certified: z.string().optional(),
  atLeast: z.record(z.string(), z.number()).default({}),
});
export type SeedTier = z.output<typeof SeedTier>;

const Seed = z.object({
  password: z.string(),
  vendor: z.object({
    name: z.string(),
    countryCode: z.string(),
    timeZone: z.string(),
    programme: z.string(),
    logo: z.string(),
    colour: z.string(),
    people: z.array(
      z.object({
        email: EmailField,
        name: z.string(),
        role: z.enum(['owner', 'marketer', 'approver', 'analyst', 'channel-manager']),
      }),
    ),
  }),
  attributes: z.array(Attribute),
  tiers: z.object({ graceDays: z.number().int(), list: z.array(SeedTier) }),
  groups: z.array(
    z.object({
      name: z.string(),
      rule: z.record(z.string(), z.array(z.string())),
      /** The name of a certification that its members have. */
      certified: z.string().optional(),
    }),
  ),
  /**
   * With the names of the partner groups that may run each. Empty: all groups.
   * `tags` are the vendor's words for them.
   */
  campaigns: z.array(
    z.object({
      name: z.string(),
      groups: z.array(z.string()),
      tags: z.array(z.string()),
      /** In so many days all partners may run it, unless the sending of one is stopped. */
      waveInDays: z.number().int().optional(),
      /** Its review day and its last day. */
      lifetime: z.strictObject({ reviewInDays: z.number().int(), endsInDays: z.number().int() }).optional(),
      /** A hold-out, and a second subject by language. */
      experiment: z
        .object({ holdOutPercent: z.number().int(), email: z.string(), subjects: z.record(z.string(), z.string()) })
        .optional(),
      /** How far a language is on the translation desk. */
      translated: z
        .object({
          locale: z.string(),
          draft: z.array(z.string()),
          new: z.array(z.string()),
          /** Sources that were translated, by key. */
          outdated: z.record(z.string(), z.string()),
        })
        .optional(),
    }),
  ),
  /** A campaign that partners run, and a newer version of it. */
  update: z.object({
    template: z.string(),
    name: z.string(),
    title: z.string(),
    group: z.string(),
    /** Partners by key, with their own texts by slot. */
    launches: z.array(z.object({ partner: z.string(), texts: Texts })),
    /** What the newer version says instead, by file. */
    changes: z.array(z.object({ file: z.string(), from: z.string(), to: z.string() })),
  }),
  /** By which companies ask to become a partner. */
  applicationForm: SaveApplicationForm.omit({ isOpen: true }),
  terms: PublishProgrammeTerms.pick({ texts: true, isRequired: true }).extend({ acceptInDays: z.number().int() }),
  /** Of partners that have launched nothing. */
  onboardingReminders: SaveOnboardingReminders,
  library: z.array(SeedAsset),
  savedViews: z.array(NewSavedView.omit({ isShared: true }).extend({ mail: ViewMail.nullable() })),
  newsletters: z.array(
    z.object({
      title: z.string(),
      senderAddress: z.string(),
      /** Where its button leads. */
      link: z.url(),
      isSent: z.boolean(),
      /** By language, then by key. */
      texts: z.record(z.string(), Texts),
    }),
  ),
  partners: z.array(Partner),
  people: z.object({
    firstNames: z.array(z.string()),
    lastNames: z.array(z.string()),
    companies: z.array(z.string()),
    industries: z.array(z.string()),
  }),
});
export type Seed = z.output<typeof Seed>;
export type SeededCampaign = Seed['campaigns'][number];

/** The folder of a campaign that is shipped with the product. */
export const campaignFolder = (name: string): string => join(packageRoot(), 'templates', name);

export const templateBytes = (file: string): Buffer => readFileSync(join(packageRoot(), 'templates', file));

export const logoBytes = (file: string): Buffer => readFileSync(join(packageRoot(), 'templates/seed/logos', file));

export function readSeed(): Seed {
  return Seed.parse(parse(readFileSync(join(packageRoot(), 'templates/seed/seed.yaml'), 'utf8')));
}

/** The addresses that the sample people sign in with. */
export function demoAddresses(): string[] {
  const { vendor, partners } = readSeed();
  return [...vendor.people, ...partners.filter(({ invited }) => !invited)].map(({ email }) => email);
}

export interface SeedContact {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly company: string;
  readonly industry: string;
  readonly timeZone: string | null;
  readonly language: string;
}

const ELSEWHERE = [
  'Europe/London',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Singapore',
  'Australia/Sydney',
  'America/Los_Angeles',
];

/**
 * The contacts of a partner, the same at each call. Names are of many cultures,
 * and some contacts have another time zone than the partner.
 */
export function seedContacts(seed: Seed, partner: SeedPartner): SeedContact[] {
  const { firstNames, lastNames, companies, industries } = seed.people;
  const offset = seed.partners.indexOf(partner) * 7;
  const pick = <T>(list: readonly T[], at: number): T => {
    const found = list[at % list.length];
    if (found === undefined) throw new Error('A list of the seed is empty.');
    return found;
  };
  return Array.from({ length: partner.contacts }, (_, at) => {
    const company = (offset + at) % companies.length;
    return {
      email: `person${at + 1}.${partner.key}@customer${company + 1}.example.com`,
      firstName: pick(firstNames, offset + at),
      lastName: pick(lastNames, offset + at * 5),
      company: pick(companies, company),
      industry: pick(industries, company),
      timeZone: at % 5 === 4 ? pick(ELSEWHERE, at) : null,
      language: partner.language,
    };
  });
}
