import { z } from 'zod';
import { lineOfText } from './text.contract.js';
import { Named } from './problem.contract.js';

const advice = {
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
  named: Named.optional().describe('what the sentence names, for a sentence in another language'),
};

const KitColour = z.string().regex(/^#[0-9a-f]{6}$/, 'Write the colour as #rrggbb');
/** No quotes and no brackets: the name stands in an attribute. */
const FontFamily = lineOfText(60).regex(/^[\p{L}\p{N} _-]+$/u, 'Use letters, digits and spaces');
const KitFont = z.strictObject({ family: FontFamily, fallback: z.enum(['sans', 'serif', 'mono']) });

/** What builders offer and new blocks have. */
const KitDesign = z.strictObject({
  palette: z.array(z.strictObject({ name: lineOfText(40).min(1), value: KitColour })).max(12),
  fonts: z.strictObject({ heading: KitFont.nullable(), text: KitFont.nullable() }),
  button: z
    .strictObject({
      radius: z.number().int().min(0).max(40),
      paddingX: z.number().int().min(0).max(60),
      paddingY: z.number().int().min(0).max(40),
      isBold: z.boolean(),
    })
    .nullable()
    .describe('sizes in pixels'),
  defaultBlockIds: z.array(z.uuid()).max(20).describe('saved blocks of the library that builders offer first'),
  legalTexts: z
    .array(
      z.strictObject({
        country: z.string().regex(/^[A-Z]{2}$/),
        language: z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/),
        text: z.string().trim().min(1).max(2_000),
      }),
    )
    .max(60),
});

const KitLogo = z.object({
  logoId: z.uuid(),
  mediaType: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  palette: z.array(z.string()).describe('colours of the logo, the most frequent first'),
  images: z
    .record(z.enum(['light', 'dark']), z.string())
    .describe('address of a picture for each background; width and height may be changed'),
  feedback: z.array(z.object(advice)),
});

/** A vendor's own brand: what e-mails in its name look like. */
export const BrandKit = z.object({
  version: z.number().int(),
  colours: z
    .object({
      primary: z.string(),
      onPrimary: z.string().describe('of text on the primary colour: black or white, whichever is readable'),
      link: z.string().describe('of links on white: the primary colour, darkened where it is too pale'),
    })
    .nullable()
    .describe('null: the standard colours'),
  logo: KitLogo.nullable().describe('null: e-mails show the name'),
  design: KitDesign,
  feedback: z.array(z.object({ ...advice, field: z.string(), suggestion: z.string() })),
});
export type BrandKit = z.infer<typeof BrandKit>;

/** Replaces everything but the logo, which has its own route. */
export const BrandKitEdit = z.strictObject({
  colours: z
    .strictObject({ primary: z.string().max(20).describe('#rrggbb') })
    .nullable()
    .describe('null: the standard colours'),
  design: KitDesign.optional().describe('absent: it stays'),
});

export const BrandKitPreviewQuery = z.object({
  primary: z.string().max(20).optional().describe('a colour to try; absent: the saved one'),
});

/** An e-mail in the vendor's name, as a partner would get it. */
export const BrandKitPreview = z.object({ subject: z.string(), senderName: z.string(), html: z.string() });
export type BrandKitPreview = z.infer<typeof BrandKitPreview>;
