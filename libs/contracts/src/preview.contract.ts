import { z } from 'zod';
import { BrandProfileEdit } from './brand-profile.contract.js';
import { RecipientQuestions, RecipientTraits } from './campaign.contract.js';

export const SlotNodes = z.strictObject({
  kind: z.enum(['paragraphs', 'list']),
  blocks: z
    .array(
      z
        .array(
          z.strictObject({
            text: z.string().max(4000),
            bold: z.boolean().optional(),
            italic: z.boolean().optional(),
            href: z.string().max(300).optional(),
          }),
        )
        .max(200),
    )
    .max(60),
});

export const PreviewQuery = RecipientTraits.extend({ locale: z.string().max(20).optional() });

const Colour = z.templateLiteral(['#', z.string().regex(/^[0-9a-fA-F]{6}$/)], { error: 'Write a colour as #rrggbb.' });
/** A brand profile that is being edited; absent fields are as stored. */
const PreviewBrand = BrandProfileEdit.pick({
  name: true,
  legalName: true,
  legalLine: true,
  postalAddress: true,
  website: true,
  contact: true,
  locales: true,
})
  .extend({
    colours: z
      .strictObject({ primary: Colour, onPrimary: Colour, secondary: Colour, onSecondary: Colour, link: Colour })
      .nullable(),
  })
  .partial();

/**
 * The partner's texts for the slots of a page, document or post, in the
 * requested language.
 */
export const SlotPreviewRequest = z.strictObject({
  ...PreviewQuery.shape,
  slots: z.record(z.string().max(60), SlotNodes).default({}),
});
export const PagePreviewRequest = SlotPreviewRequest.extend({
  /** Colours each part by its owner: vendor or partner. */
  parts: z.boolean().default(false),
  /**
   * Wraps each slot in a `span` with its name in `data-slot`, so that a screen
   * can edit it.
   */
  places: z.boolean().default(false),
});
export const PagePreview = z.object({ html: z.string() });

/**
 * A preview with the partner's slot texts and brand profile.
 * Absent slots show the suggested text.
 */
export const EmailPreviewRequest = PagePreviewRequest.extend({ brand: PreviewBrand.default({}) });
export const EmailPreview = z.object({
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  asks: RecipientQuestions,
});
/** A test goes to the requesting user. */
export const TestMail = z.object({ to: z.string() });
