import { z } from 'zod';
import type { CampaignId, PartnerGroupId } from '#kernel';
import { idSchema } from './id.js';
import { PageQuery } from './page.contract.js';
import { lineOfText } from './text.contract.js';

const Instant = z.iso.datetime();
const Day = z.iso.date();

export const ASSET_KINDS = ['picture', 'logo', 'document', 'video', 'text', 'block', 'signature'] as const;
export const SHARE_KINDS = ['brochure', 'battle-card', 'sales-play', 'signature', 'logo', 'picture', 'video'] as const;
const CORNERS = ['top-left', 'top-right', 'bottom-left', 'bottom-right'] as const;

/** What is near the end of its time, in lists and filters. */
const ASSET_STATES = ['current', 'review-due', 'expires-soon', 'expired'] as const;

const Share = z.number().min(0).max(1);
/** A part of a picture, as shares of its width and height. */
export const CropShares = z.strictObject({
  x: Share,
  y: Share,
  width: z.number().gt(0).max(1),
  height: z.number().gt(0).max(1),
});
export type CropShares = z.infer<typeof CropShares>;
const FocalPoint = z.strictObject({ x: Share, y: Share });

const Branding = z.strictObject({
  logo: z.enum(CORNERS).nullable().describe('corner of the partner’s logo'),
  contact: z.enum(CORNERS).nullable().describe('corner of the partner’s contact; for documents'),
  page: z.enum(['first', 'last']).describe('page of a document'),
});

const Language = z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/);
const ByLanguage = (maxLength: number) =>
  z.record(Language, z.string().trim().max(maxLength)).refine((texts) => Object.keys(texts).length <= 40);
const Tags = z.array(lineOfText(40).min(1)).max(20);
/** "Products/Edge"; empty: the top of the library. */
const Folder = lineOfText(120);
const WebAddress = z.url({ protocol: /^https$/ }).max(500);

/** What a kind has besides or instead of a file. */
const Content = z.strictObject({
  texts: ByLanguage(10_000).optional().describe('of a text, a claim or a signature, by language'),
  markup: z.string().max(100_000).optional().describe('MJML of a saved block'),
  copy: z
    .record(Language, z.record(z.string().max(200), z.string().max(10_000)))
    .optional()
    .describe('texts of a saved block: language → key → text'),
  pictures: z
    .record(z.string().max(200), z.strictObject({ assetId: z.uuid(), crop: CropShares.nullable() }))
    .optional()
    .describe('pictures of a saved block: path in its campaign → asset and cut'),
  address: WebAddress.optional().describe('of a video elsewhere, or the link of a signature'),
  captions: ByLanguage(200_000).optional().describe('WebVTT of a video, by language'),
  poster: z.uuid().optional().describe('of a video: id of a picture in your library that stands for it'),
});

const AssetFile = z.object({
  number: z.number().int(),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.number().int(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  pages: z.number().int().nullable(),
  preview: z.string().nullable().describe('address of a small picture'),
  slots: z.array(z.string()).describe('form fields of a document that a partner’s copy fills'),
  obstacle: z
    .object({ code: z.string(), message: z.string(), remedy: z.string() })
    .nullable()
    .describe('why a document cannot be filled in'),
  addedAt: Instant,
  addedBy: z.string(),
});

const AssetShare = z.object({
  as: z.enum(SHARE_KINDS),
  partnerGroupIds: z.array(z.uuid()).describe('empty: all partners'),
  opensOn: Day,
  closesOn: Day,
});

/** A picture, document, video, text or block of a vendor's library. */
export const LibraryAsset = z.object({
  id: z.uuid(),
  kind: z.enum(ASSET_KINDS),
  title: z.string(),
  folder: z.string(),
  tags: z.array(z.string()),
  alt: z.record(z.string(), z.string()),
  content: Content,
  focal: FocalPoint.nullable(),
  crop: CropShares.nullable().describe('the suggested cut'),
  branding: Branding.nullable(),
  file: AssetFile.nullable(),
  poster: z
    .string()
    .nullable()
    .describe('of a video: address of its small picture; null: none, or it expired, was withdrawn or deleted'),
  version: z.number().int(),
  reviewOn: Day.nullable(),
  expiresOn: Day.nullable(),
  state: z.enum(ASSET_STATES),
  share: AssetShare.nullable().describe('null: only you see it'),
  withdrawn: z.object({ at: Instant, reason: z.string() }).nullable(),
  downloads: z.number().int().describe('by partners, in all'),
  updatedAt: Instant,
  updatedBy: z.string(),
});
export type LibraryAsset = z.infer<typeof LibraryAsset>;

/**
 * An asset in a list. Its content may have megabytes: read the asset for it.
 */
export const ListedAsset = LibraryAsset.omit({ content: true });
export type ListedAsset = z.infer<typeof ListedAsset>;

export const LibraryAssets = z.object({
  items: z.array(ListedAsset),
  nextCursor: z.string().nullable(),
  folders: z.array(z.string()).describe('all folders, by name'),
  tags: z.array(z.string()).describe('all tags, by name'),
});
export type LibraryAssets = z.infer<typeof LibraryAssets>;

export const LibraryAssetQuery = PageQuery.extend({
  limit: PageQuery.shape.limit.unwrap().default(60),
  q: z.string().max(100).default(''),
  kinds: z
    .string()
    .max(100)
    .default('')
    .transform((list) => list.split(',').filter((kind) => kind !== ''))
    .pipe(z.array(z.enum(ASSET_KINDS)))
    .describe('kinds, separated by commas; empty: all'),
  folder: z.string().max(120).optional().describe('with the folders in it'),
  tag: z.string().max(40).optional(),
  state: z.enum([...ASSET_STATES, 'shared']).optional(),
});

export const UploadAssetQuery = z.object({
  name: lineOfText(200).min(1).describe('name of the file'),
  folder: Folder.default(''),
  kind: z.enum(['picture', 'logo']).optional().describe('"logo": a picture that is one'),
});

/** An asset without a file. */
export const NewAsset = z.strictObject({
  kind: z.enum(['text', 'block', 'video', 'signature']),
  title: lineOfText(120).min(1),
  folder: Folder.default(''),
  tags: Tags.default([]),
  content: Content,
});

/** Replaces everything but the file and the sharing, which have their own routes. */
export const EditAsset = z.strictObject({
  title: lineOfText(120).min(1),
  folder: Folder,
  tags: Tags,
  alt: ByLanguage(300),
  content: Content,
  focal: FocalPoint.nullable(),
  crop: CropShares.nullable(),
  branding: Branding.nullable(),
  reviewOn: Day.nullable(),
  expiresOn: Day.nullable(),
});

export const ShareAsset = z.strictObject({
  as: z.enum(SHARE_KINDS),
  partnerGroupIds: z.array(idSchema<PartnerGroupId>()).max(50).describe('empty: all partners'),
  opensOn: Day,
  closesOn: Day,
});

export const WithdrawAsset = z.strictObject({ reason: lineOfText(300).min(1).describe('partners read it') });

/** Where a campaign has a copy of an asset. */
const AssetUse = z.object({
  campaignId: z.uuid(),
  title: z.record(z.string(), z.string()),
  path: z.string(),
  number: z.number().int().nullable().describe('of the version; null: changes that are in no version yet'),
  status: z.string(),
  isNewest: z.boolean().describe('among the newest files of the campaign'),
  isCurrent: z.boolean().describe('a copy of the file in use now'),
});
export const AssetUses = z.object({
  items: z.array(AssetUse),
  videos: z.array(z.object({ id: z.uuid(), title: z.string() })).describe('of which it is the poster'),
});
export type AssetUses = z.infer<typeof AssetUses>;

/** Each campaign is compiled, so a request takes a few only. */
export const ReplaceInCampaigns = z.strictObject({
  campaignIds: z.array(idSchema<CampaignId>()).min(1).max(5),
});

/** What "Replace everywhere" did for a campaign. */
export const ReplacedAssets = z.object({
  items: z.array(
    z.object({
      campaignId: z.uuid(),
      title: z.record(z.string(), z.string()),
      outcome: z.enum(['drafted', 'changed', 'refused']),
      number: z.number().int().nullable().describe('of the draft'),
      reason: z.string().nullable().describe('why it was refused'),
      code: z.string().nullable(),
    }),
  ),
});
export type ReplacedAssets = z.infer<typeof ReplacedAssets>;

export const AssetDownloads = z.object({
  items: z.array(z.object({ partnerId: z.uuid(), name: z.string(), count: z.number().int(), lastOn: Day })),
});
export type AssetDownloads = z.infer<typeof AssetDownloads>;

export const PlacePicture = z.strictObject({
  assetId: z.uuid(),
  fileNumber: z.number().int().describe('of the file that the cut was chosen in'),
  crop: CropShares.nullable().describe('null: the whole picture'),
  maxWidth: z.number().int().min(16).max(2_400).default(1_200).describe('in pixels'),
});

/** The file that a picture of the library became. */
export const PlacedPicture = z.object({ path: z.string(), width: z.number().int(), height: z.number().int() });
export type PlacedPicture = z.infer<typeof PlacedPicture>;

export const PictureOriginQuery = z.object({ path: z.string().min(1).max(200) });
/** From which asset a file of a draft is. */
export const PictureOrigin = z.object({
  origin: z.object({ assetId: z.uuid(), fileNumber: z.number().int(), crop: CropShares.nullable() }).nullable(),
});
export type PictureOrigin = z.infer<typeof PictureOrigin>;

/** An asset that a vendor shares with a partner. */
export const PartnerAsset = z.object({
  id: z.uuid(),
  vendorId: z.uuid(),
  vendorName: z.string(),
  as: z.enum(SHARE_KINDS),
  kind: z.enum(ASSET_KINDS),
  title: z.string(),
  tags: z.array(z.string()),
  alt: z.record(z.string(), z.string()),
  texts: z.record(z.string(), z.string()),
  address: z.string().nullable(),
  captions: z.array(z.string()).describe('languages with captions'),
  file: z
    .object({
      name: z.string(),
      mediaType: z.string(),
      bytes: z.number().int(),
      pages: z.number().int().nullable(),
      preview: z.string().nullable(),
    })
    .nullable(),
  poster: z.string().nullable().describe('address of a small picture that stands for a video'),
  isBrandable: z.boolean().describe('a copy in your brand can be made'),
  closesOn: Day,
  withdrawn: z.object({ at: Instant, reason: z.string() }).nullable(),
});
export type PartnerAsset = z.infer<typeof PartnerAsset>;
export const PartnerAssets = z.object({ items: z.array(PartnerAsset) });
export type PartnerAssets = z.infer<typeof PartnerAssets>;

export const PartnerAssetFileQuery = z.object({
  brand: z.enum(['own', 'none']).default('none').describe('"own": a copy with your logo and contact'),
  locale: z.string().max(20).default('en').describe('language of your contact'),
});

export const SignatureQuery = z.object({
  locale: z.string().max(20).default('en'),
  for: z.enum(['preview', 'use']).default('preview').describe('"use": counts as a download'),
  name: lineOfText(100).optional().describe('of the person; default: the contact of your brand'),
  title: lineOfText(100).optional(),
  phone: lineOfText(40).optional(),
  email: lineOfText(200).optional(),
});
export const Signature = z.object({ html: z.string(), text: z.string() });
export type Signature = z.infer<typeof Signature>;
