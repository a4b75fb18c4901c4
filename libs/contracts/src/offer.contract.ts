import { z } from 'zod';
import { TestOf } from './experiment.contract.js';
import { ENTRY_KINDS } from './entry-kind.js';
import { LeadRuleView } from './lead.contract.js';
import { PictureLimits } from './partner-picture.contract.js';
import { Named } from './problem.contract.js';
import { SlotNodes } from './preview.contract.js';
import { ConditionView } from './sequence.contract.js';
import { Titles } from './titles.contract.js';
import { StepName } from './step-name.contract.js';
import { PartnerVendorView } from './vendor.contract.js';

const Instant = z.iso.datetime();

export const OfferView = z.object({
  versionId: z.uuid(),
  campaignId: z.uuid(),
  number: z.number().int(),
  /** In the first language of the campaign. */
  title: z.string(),
  titles: Titles,
  summary: z.string(),
  summaries: z.record(z.string(), z.string()).describe('by language, BCP 47'),
  theme: z.string(),
  locales: z.array(z.string()),
  /**
   * The one of them that it is launched in, unless the partner chooses another.
   */
  locale: z.string(),
  /** Whose campaign it is. */
  vendorName: z.string(),
  opensOn: z.string(),
  closesOn: z.string(),
  /** What the brand profile lacks before a launch; empty when nothing does. */
  missing: z.array(
    z.object({
      field: z.string(),
      sentence: z.string(),
      named: Named.optional().describe('what the sentence names, for a sentence in another language'),
      /**
       * Where a profile colour is unreadable in this campaign.
       * Paths of its colours; the vendor's own as `#rrggbb`.
       */
      contrast: z
        .object({
          tactic: z.string(),
          text: z.string(),
          colour: z.string(),
          surface: z.string(),
          ratio: z.number(),
          needed: z.number(),
          suggestion: z.string().nullable(),
        })
        .optional(),
    }),
  ),
  /** Key of the first e-mail: what a card shows. */
  cover: z.string().nullable(),
});
export type OfferView = z.infer<typeof OfferView>;
export const Offers = z.object({ items: z.array(OfferView) });

export const OfferDetail = OfferView.extend({
  /** Whose campaign it is, and the servers that its mail goes through. */
  vendor: PartnerVendorView,
  /** Who will count as a lead, and the links whose clicks can be counted. */
  leads: z.object({ rule: LeadRuleView, links: z.array(z.string()) }),
  /** What the steps are called, in the order of the sequence. */
  names: z.array(StepName),
  /**
   * Every e-mail of the sequence, in order, with its time for an inactive
   * contact. Null if an inactive contact never gets it. An e-mail that only a
   * branch reaches lists the conditions; any one is enough.
   */
  emails: z.array(
    z.object({ key: z.string(), stepKey: z.string(), at: Instant.nullable(), onlyIf: z.array(ConditionView) }),
  ),
  timeZone: z.string(),
  /** What makes people enter, each once. `launch`: the lists of the launch. */
  entersBy: z.array(z.enum(ENTRY_KINDS)),
  holdOutPercent: z
    .number()
    .int()
    .describe('of your contacts: so many get nothing, so that the effect can be measured. You may refuse it; 0: none'),
  test: z
    .object({ of: TestOf, arms: z.number().int() })
    .nullable()
    .describe('e-mails or times that are compared, drawn by lot for each contact; null: none'),
  /** Who the e-mails come from, and where replies go; null: nowhere. */
  sender: z.object({ name: z.string(), address: z.string(), replyTo: z.string().nullable() }),
  pages: z.array(z.object({ key: z.string() })),
  /**
   * Titles and texts per language of the campaign; `title` and `text` are the
   * first language's.
   */
  documents: z.array(z.object({ key: z.string(), title: z.string(), titles: z.record(z.string(), z.string()) })),
  social: z.array(z.object({ key: z.string(), text: z.string(), texts: z.record(z.string(), z.string()) })),
  slots: z.array(
    z.object({
      name: z.string(),
      /** The tactics that show it: `emails.welcome`, `documents.brochure`. */
      usedIn: z.array(z.string()),
      label: z.string(),
      /**
       * Label and help per language, the first language first.
       * Help is optional.
       */
      labels: z.record(z.string(), z.string()),
      help: z.record(z.string(), z.string()),
      format: z
        .enum(['plain', 'inline', 'list', 'choice', 'link', 'picture', 'alt'])
        .describe(
          'a text; one of `options`, by its name as the text; an https address on a verified host; a cut of one of your pictures, by its name as the text; or the alt text of one',
        ),
      options: z
        .array(z.object({ name: z.string(), labels: z.record(z.string(), z.string()) }))
        .describe('of a choice; a block that can be hidden has `shown` and `hidden`, without labels'),
      picture: PictureLimits.extend({
        suggested: z.string().nullable().describe('address of the vendor’s picture'),
      })
        .nullable()
        .describe('of a picture that you may exchange'),
      links: z.enum(['none', 'partner']),
      maxChars: z.number().int(),
      maxLines: z.number().int(),
      required: z.boolean(),
      default: SlotNodes,
      /** The vendor's text in each language. */
      suggested: z.record(z.string(), SlotNodes),
    }),
  ),
});
export type OfferDetail = z.infer<typeof OfferDetail>;

const SlotBox = z.object({ slot: z.string(), x: z.number(), y: z.number(), width: z.number(), height: z.number() });

/** Positions of slots on documents and pictures, in one language. */
export const OfferSlotPositions = z.object({
  documents: z.array(
    z.object({
      key: z.string(),
      slots: z
        .array(SlotBox.extend({ page: z.int().describe('counted from 1') }))
        .describe('in points of the page’s own space, from its lower left (ISO 32000, 8.3.2.3)'),
    }),
  ),
  pictures: z.array(
    z.object({
      key: z.string().describe('of the post'),
      format: z.string(),
      width: z.int(),
      height: z.int(),
      slots: z.array(SlotBox).describe('in pixels, from the upper left'),
    }),
  ),
});
export type OfferSlotPositions = z.infer<typeof OfferSlotPositions>;
