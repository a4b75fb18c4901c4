import { z } from 'zod';
import { CropShares } from './asset.contract.js';
import { lineOfText } from './text.contract.js';

/** What a vendor asks of a partner's own picture. */
export const PictureLimits = z.object({
  ratio: z.tuple([z.int(), z.int()]).nullable().describe('width by height: [3, 2]; null: any shape'),
  minWidth: z.int().describe('pixels'),
});

/** A picture of a partner. */
export const PartnerPicture = z.object({
  id: z.uuid(),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
  width: z.int(),
  height: z.int(),
  preview: z.string().describe('address of a small picture'),
  addedAt: z.iso.datetime(),
  addedBy: z.string(),
});
export type PartnerPicture = z.infer<typeof PartnerPicture>;

export const PartnerPictures = z.object({ items: z.array(PartnerPicture) });
export type PartnerPictures = z.infer<typeof PartnerPictures>;

export const UploadPictureQuery = z.object({ name: lineOfText(200).min(1).describe('name of the file') });

/** The part of a picture that a campaign shows. */
export const CutPicture = z.strictObject({ crop: CropShares.nullable().describe('null: the whole picture') });

export const PictureCut = z.object({
  name: z.string().describe('what the text of the slot is'),
  width: z.int(),
  height: z.int(),
});
export type PictureCut = z.infer<typeof PictureCut>;
