import { z } from 'zod';
import type { CampaignId, PartnerGroupId, PartnerId } from '#kernel';
import { idSchema } from './id.js';
import { EndCode } from './end-code.js';
import { pageOf, PageQuery } from './page.contract.js';
import { LeadRuleView } from './lead.contract.js';
import { PictureLimits } from './partner-picture.contract.js';
import { ReviewComment, Reviewer } from './review.contract.js';
import { SequenceView } from './sequence.contract.js';
import { lineOfText } from './text.contract.js';
import { TEMPLATE_TYPES } from './tactic-type.js';

const Instant = z.iso.datetime();
/** Text by language tag. */
const Localised = z.record(z.string(), z.string());
const Slots = z.array(z.string());

export const CampaignStatus = z.enum(['draft', 'in-review', 'published', 'retired', 'recalled']);

/** A quality gate's advice, or a mistake, in an editor's form. */
export const PackageProblem = z.object({
  code: z.string(),
  file: z.string(),
  line: z.number().int().nullable(),
  column: z.number().int().nullable(),
  message: z.string(),
  remedy: z.string(),
});

/** A campaign in the vendor's library, described by its newest version. */
export const CampaignCard = z.object({
  id: z.uuid(),
  name: z.string(),
  tags: z.array(z.string()),
  title: Localised,
  summary: Localised,
  theme: z.string(),
  locales: z.array(z.string()),
  newestVersion: z.object({
    number: z.number().int(),
    status: CampaignStatus,
    approved: z.boolean(),
    opensOn: z.iso.date().nullable(),
    opensLater: z.boolean(),
    launchesStoppedAt: Instant.nullable(),
  }),
  versions: z.array(z.object({ number: z.number().int(), status: CampaignStatus })),
  /**
   * Its newest published version, with audience and window; null if none is
   * published.
   */
  published: z
    .object({
      number: z.number().int(),
      /** Names; empty: all partners in the programme. */
      partnerGroups: z.array(z.string()),
      opensLater: z.boolean(),
      opensOn: z.iso.date(),
      closesOn: z.iso.date(),
    })
    .nullable(),
  /**
   * How many partners run it now, in any version; null for who may not see
   * that.
   */
  partnersRunning: z.number().int().nullable(),
});
export type CampaignCard = z.infer<typeof CampaignCard>;
export const Campaigns = pageOf(CampaignCard);

/**
 * `published`: a version is published and its window has opened, so partners
 * may run it. `opening`: a version is published and its window opens later.
 * `archived`: only archived campaigns, which no other state shows.
 * Otherwise: the state of the newest version.
 */
export const CampaignState = z.enum([
  'draft',
  'in-review',
  'approved',
  'opening',
  'published',
  'retired',
  'recalled',
  'archived',
]);
export type CampaignState = z.infer<typeof CampaignState>;

const Tag = lineOfText(40).min(1);

export const CampaignQuery = PageQuery.extend({
  /** What its name, or its newest version's title in any language, contains. */
  q: lineOfText(100).min(1).optional(),
  state: CampaignState.optional(),
  /** Only campaigns with this tag. */
  tag: Tag.optional(),
});

/** A campaign has at most so many. */
export const MAX_TAGS = 20;
/**
 * Tags to add and to remove. Not a new list: of two people who tag at the same
 * time, the second would remove what the first has added.
 */
export const TagCampaign = z.strictObject({
  add: z.array(Tag).max(MAX_TAGS).default([]),
  remove: z.array(Tag).max(MAX_TAGS).default([]),
});
export const CampaignTags = z.object({ items: z.array(z.string()) });

/** A version's life. */
export const CampaignVersionCard = z.object({
  id: z.uuid(),
  campaignId: z.uuid(),
  number: z.number().int(),
  status: CampaignStatus,
  title: Localised,
  summary: Localised,
  theme: z.string(),
  locales: z.array(z.string()),
  packageHash: z.string(),
  createdAt: Instant,
  createdBy: z.string(),
  /** Who saved its present files, and when. */
  savedAt: Instant,
  savedBy: z.string(),
  /**
   * When its links were last checked, and when the result came; null: never.
   */
  linkCheckRequestedAt: Instant.nullable(),
  linksCheckedAt: Instant.nullable(),
  submittedAt: Instant.nullable(),
  submittedBy: z.string().nullable(),
  /** Approvers that were asked to review it; empty: all. */
  reviewers: z.array(Reviewer),
  reviewDueOn: z.iso.date().nullable(),
  approvedAt: Instant.nullable(),
  approvedBy: z.string().nullable(),
  /** The submitter also approved, because the vendor had no other approver. */
  approvedAlone: z.boolean(),
  publishedAt: Instant.nullable(),
  publishedBy: z.string().nullable(),
  /**
   * Partners in any of these groups may run it once published.
   * Empty and published: all partners in the programme.
   */
  partnerGroupIds: z.array(z.uuid()),
  /** Published, and its first day is still to come. */
  opensLater: z.boolean(),
  opensOn: z.iso.date().nullable(),
  closesOn: z.iso.date().nullable(),
  endedAt: Instant.nullable(),
  /** What partners are told about the end. */
  endedReason: z.string().nullable(),
  endedCode: EndCode.nullable().describe('last-day: its last day is over; null: a person ended it, or it goes on'),
  /** Since when partners cannot launch it; null: within the window they can. */
  launchesStoppedAt: Instant.nullable(),
});
export type CampaignVersionCard = z.infer<typeof CampaignVersionCard>;

export const CampaignDetail = z.object({
  id: z.uuid(),
  name: z.string(),
  tags: z.array(z.string()),
  createdAt: Instant,
  /** The list shows it only among archived ones; null: not archived. */
  archivedAt: Instant.nullable(),
  /**
   * How many partners run it now, in any version; null for who may not see
   * that.
   */
  partnersRunning: z.number().int().nullable(),
  versions: z.array(
    CampaignVersionCard.extend({
      /**
       * How many partners run this version now; null for who may not see that.
       */
      partnersRunning: z.number().int().nullable(),
    }),
  ),
});
export type CampaignDetail = z.infer<typeof CampaignDetail>;

const Lock = z.object({ name: z.string(), hash: z.string() });
const Template = z.object({
  key: z.string(),
  locks: z.array(Lock),
  slots: Slots,
  links: z.array(z.string()),
  /** What conditional sections ask: `industry is finance or insurance`. */
  conditions: z.array(z.string()),
  lockedBytes: z.number().int(),
  worstCaseBytes: z.number().int(),
});

/**
 * Everything of a version: tactics, slots, sequence, locks, gates, comments.
 */
export const CampaignVersionDetail = CampaignVersionCard.extend({
  name: z.string(),
  brandDefaults: z.object({
    primary: z.string(),
    onPrimary: z.string(),
    secondary: z.string(),
    onSecondary: z.string(),
    link: z.string(),
  }),
  tactics: z.object({
    /** Subject and preheader with fields in braces. */
    emails: z.array(Template.extend({ subject: Localised, preheader: Localised })),
    pages: z.array(Template.extend({ title: Localised, formFields: z.array(z.string()) })),
    documents: z.array(z.object({ key: z.string(), title: Localised, slots: Slots })),
    social: z.array(z.object({ key: z.string(), text: Localised, formats: z.array(z.string()) })),
  }),
  slots: z.array(
    z.object({
      name: z.string(),
      label: Localised,
      help: Localised,
      format: z.enum(['plain', 'inline', 'list', 'choice', 'link', 'picture', 'alt']),
      options: z
        .array(z.object({ name: z.string(), label: z.record(z.string(), z.string()) }))
        .describe('of a choice; a block that can be hidden has `shown` and `hidden`, without labels'),
      picture: PictureLimits.nullable(),
      links: z.enum(['none', 'partner']),
      maxChars: z.number().int(),
      maxLines: z.number().int(),
      required: z.boolean(),
      /** The suggested text, lines by `\n`. */
      suggested: Localised,
      usedIn: z.array(z.string()),
    }),
  ),
  links: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['target', 'partner', 'page', 'document']),
      to: z.string().nullable(),
      tracked: z.boolean(),
    }),
  ),
  sequence: SequenceView,
  leads: LeadRuleView,
  warnings: z.array(PackageProblem),
  /** Warnings that a person has confirmed to be right as they are. */
  confirmations: z.array(
    z.object({ code: z.string(), file: z.string(), message: z.string(), at: Instant, by: z.string() }),
  ),
  /** Oldest first. */
  comments: z.array(ReviewComment),
});
export type CampaignVersionDetail = z.infer<typeof CampaignVersionDetail>;

/** A campaign that ships with the product, to begin with. */
export const CampaignTemplate = z.object({
  name: z.string(),
  title: Localised,
  summary: Localised,
  theme: z.string(),
  locales: z.array(z.string()),
  emails: z.number().int(),
  pages: z.number().int(),
  documents: z.number().int(),
  posts: z.number().int(),
});
export type CampaignTemplate = z.infer<typeof CampaignTemplate>;
export const CampaignTemplates = z.object({ items: z.array(CampaignTemplate) });
export type CampaignTemplates = z.infer<typeof CampaignTemplates>;

/** An e-mail or page to begin with, that ships with the product. */
export const CampaignLayout = z.object({
  name: z.string(),
  kind: z.enum(TEMPLATE_TYPES),
  title: Localised,
  summary: Localised,
});
export type CampaignLayout = z.infer<typeof CampaignLayout>;
export const CampaignLayouts = z.object({ items: z.array(CampaignLayout) });
export type CampaignLayouts = z.infer<typeof CampaignLayouts>;

/** A layout with its parts, to add it to a draft. */
export const CampaignLayoutContent = CampaignLayout.extend({
  /** MJML of an e-mail, HTML of a page. Its keys begin with its name. */
  source: z.string(),
  /** Catalogues by language: texts nested by key. */
  texts: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.string()))),
  pictures: z.array(z.object({ path: z.string(), base64: z.string() })),
});
export type CampaignLayoutContent = z.infer<typeof CampaignLayoutContent>;

/** A template or layout as its readers see it; pictures are in the HTML. */
export const ShippedPreview = z.object({ html: z.string() });
export type ShippedPreview = z.infer<typeof ShippedPreview>;

/** A language tag, as campaigns use it. */
const languageTag = z
  .string()
  .refine((tag) => canonicalTag(tag) === tag, 'Choose a language tag such as "de" or "en-GB".');

/**
 * A new campaign from a shipped template or layout, or from a version of the
 * vendor's.
 */
export const CopyCampaign = z.strictObject({
  from: z.union([
    z.strictObject({ template: z.string().min(1).max(60) }),
    z.strictObject({ layout: z.string().min(1).max(60) }),
    z.strictObject({ campaignId: idSchema<CampaignId>(), number: z.number().int().min(1).max(100_000) }),
  ]),
  title: z.string().trim().min(1).max(120),
  /**
   * The first is the default. Absent: those of the source. A language that the
   * source does not have begins with the texts of its first one.
   */
  languages: z
    .array(languageTag)
    .min(1)
    .max(40)
    .refine((tags) => new Set(tags).size === tags.length, 'Choose each language once.')
    .optional(),
  /** Absent: that of the source. */
  theme: z.string().trim().min(1).max(60).optional(),
});

export const PublishVersion = z.strictObject({
  /**
   * Partners in any of these groups may run it; empty: all partners in the
   * programme.
   */
  partnerGroupIds: z.array(idSchema<PartnerGroupId>()).max(100),
  opensOn: z.iso.date(),
  /** The last day. */
  closesOn: z.iso.date(),
});

/**
 * More partners or days for a published version. What is left out stays as it
 * is.
 */
export const ExtendVersion = z.strictObject({
  /** Partners in any of these groups may run it, too. */
  partnerGroupIds: z.array(idSchema<PartnerGroupId>()).max(100).default([]),
  /** Single partners: a group of them is created and added. */
  newGroup: z
    .strictObject({
      name: z.string().trim().min(1).max(80),
      partnerIds: z.array(idSchema<PartnerId>()).min(1).max(5000),
    })
    .optional(),
  /** All partners in the programme may run it, instead of groups. */
  allPartners: z.boolean().default(false),
  /** The new last day, not before the present one. */
  closesOn: z.iso.date().optional(),
});

/** Warnings that are right as they are, with their own words. */
export const ConfirmTexts = z.strictObject({
  problems: z
    .array(z.strictObject({ code: z.string().max(60), file: z.string().max(200), message: z.string().max(1_000) }))
    .min(1)
    .max(5_000),
});

/** What partners are told when a campaign ends. */
const EndReason = lineOfText(500).min(1);
/** Ends a campaign whose time is over. A request without a body has no reason. */
export const RetireCampaign = z.strictObject({ reason: EndReason.optional() }).prefault({});

export const TraitValue = z.string().max(60);
/** What conditional sections may ask about their recipient. */
export const TraitName = z.enum(['industry', 'persona', 'stage', 'segment', 'country']);
export type TraitName = z.infer<typeof TraitName>;

/** What is known of the recipient that something is shown for. */
export const RecipientTraits = z.object({
  industry: TraitValue.optional(),
  persona: TraitValue.optional(),
  stage: TraitValue.optional(),
  segment: TraitValue.optional(),
  country: TraitValue.optional(),
});

/**
 * Recipient fields of conditional sections, with the values they compare.
 * Empty if all recipients get the same content.
 */
export const RecipientQuestions = z.array(z.object({ field: TraitName, values: z.array(z.string()) }));

export const CampaignPreviewQuery = RecipientTraits.extend({
  locale: z.string().max(35).optional(),
  partnerId: idSchema<PartnerId>().optional(),
  /** Colours each part by its owner: vendor or partner. */
  parts: z.enum(['true', 'false']).optional(),
});
export const ArtworkQuery = CampaignPreviewQuery.pick({ locale: true, partnerId: true });
/**
 * A template as a recipient would get it; `html` is a whole document for a
 * sandboxed frame.
 */
export const CampaignPreview = z.object({
  locale: z.string(),
  partnerName: z.string(),
  subject: z.string(),
  preheader: z.string(),
  html: z.string(),
  text: z.string(),
  asks: RecipientQuestions,
});
export type CampaignPreview = z.infer<typeof CampaignPreview>;

function canonicalTag(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}
