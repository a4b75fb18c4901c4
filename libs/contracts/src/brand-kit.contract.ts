import { z } from 'zod';
import { Named } from './problem.contract.js';

const advice = {
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
  named: Named.optional().describe('what the sentence names, for a sentence in another language'),
};

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
  feedback: z.array(z.object({ ...advice, field: z.string(), suggestion: z.string() })),
});
export type BrandKit = z.infer<typeof BrandKit>;

/** Replaces everything but the logo, which has its own route. */
export const BrandKitEdit = z.strictObject({
  colours: z
    .strictObject({ primary: z.string().max(20).describe('#rrggbb') })
    .nullable()
    .describe('null: the standard colours'),
});

export const BrandKitPreviewQuery = z.object({
  primary: z.string().max(20).optional().describe('a colour to try; absent: the saved one'),
});

/** An e-mail in the vendor's name, as a partner would get it. */
export const BrandKitPreview = z.object({ subject: z.string(), senderName: z.string(), html: z.string() });
export type BrandKitPreview = z.infer<typeof BrandKitPreview>;
