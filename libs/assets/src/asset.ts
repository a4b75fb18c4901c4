import type { CropShares, DocumentObstacle, LibraryBranding } from '#artwork';
import { DAY_MS, type Id, type PartnerGroupId, type VendorId } from '#kernel';

export type AssetId = Id<'library-asset'>;
export type AssetKind = 'picture' | 'logo' | 'document' | 'video' | 'text' | 'block' | 'signature';
type ShareKind = 'brochure' | 'battle-card' | 'sales-play' | 'signature' | 'logo' | 'picture' | 'video';
/** A calendar date without a time zone: `2026-11-21`. */
export type CalendarDate = string;
type ByLanguage = Readonly<Record<string, string>>;

/** A file of an asset. It never changes: a replacement is the next number. */
export interface AssetFile {
  readonly number: number;
  /** As its author named it. */
  readonly name: string;
  readonly hash: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** Of a picture, upright, in pixels. */
  readonly width: number | null;
  readonly height: number | null;
  /** Of a document. */
  readonly pages: number | null;
  readonly previewHash: string | null;
  readonly facts: FileFacts;
  readonly addedAt: Date;
  readonly addedBy: string;
}

/** A picture of the library that stands for a video. */
export interface Poster {
  readonly id: AssetId;
  readonly fileNumber: number;
  readonly previewHash: string;
  readonly expiresOn: CalendarDate | null;
}

interface FileFacts {
  readonly hasAlpha?: boolean;
  /** Form fields of a document that a partner's copy fills. */
  readonly slots?: readonly string[];
  /** Why a document cannot be filled in; null: it can. Earlier files have a sentence only. */
  readonly obstacle?: DocumentObstacle | string | null;
}

/** What a kind has besides or instead of a file. */
export interface AssetContent {
  readonly texts?: ByLanguage | undefined;
  /** MJML of a saved block. */
  readonly markup?: string | undefined;
  /** Texts of a saved block: language → key → text. */
  readonly copy?: Readonly<Record<string, ByLanguage>> | undefined;
  /** Pictures of a saved block: path in its campaign → asset and cut. */
  readonly pictures?:
    | Readonly<Record<string, { readonly assetId: string; readonly crop: CropShares | null }>>
    | undefined;
  readonly address?: string | undefined;
  /** WebVTT by language. */
  readonly captions?: ByLanguage | undefined;
  /** Id of the picture that stands for a video. */
  readonly poster?: string | undefined;
}

/** The partners that may use an asset, and when. */
export interface AssetShare {
  readonly as: ShareKind;
  /** All partners of the vendor. */
  readonly forEveryone: boolean;
  /** Else partners in any of these groups. */
  readonly partnerGroupIds: readonly PartnerGroupId[];
  readonly opensOn: CalendarDate;
  /** The last day. */
  readonly closesOn: CalendarDate;
}

/** What the vendor describes, apart from file and sharing. */
export interface AssetDetails {
  readonly title: string;
  /** "Products/Edge"; empty: the top of the library. */
  readonly folder: string;
  readonly tags: readonly string[];
  /** Language → text for readers who do not see a picture. */
  readonly alt: ByLanguage;
  readonly content: AssetContent;
  /** What matters in a picture, as shares of width and height. */
  readonly focal: { readonly x: number; readonly y: number } | null;
  /** The suggested cut. */
  readonly crop: CropShares | null;
  readonly branding: LibraryBranding | null;
  readonly reviewOn: CalendarDate | null;
  /** The last day on which it may be used. */
  readonly expiresOn: CalendarDate | null;
}

export interface Asset extends AssetDetails {
  readonly id: AssetId;
  readonly vendorId: VendorId;
  readonly kind: AssetKind;
  readonly file: AssetFile | null;
  /** Of a video. Null, too, if the picture was deleted or withdrawn. */
  readonly poster: Poster | null;
  /** Number of changes. */
  readonly version: number;
  readonly share: AssetShare | null;
  readonly withdrawn: { readonly at: Date; readonly reason: string } | null;
  /** By partners, in all. */
  readonly downloads: number;
  readonly updatedAt: Date;
  readonly updatedBy: string;
}

export type AssetState = 'current' | 'review-due' | 'expires-soon' | 'expired';
/** The vendor is reminded this long before an asset expires. */
const NOTICE_DAYS = 30;

/** The last day of expiry that the vendor is reminded of today. */
export const lastNoticeDay = (today: CalendarDate): CalendarDate =>
  dayOf(new Date(Date.parse(today) + NOTICE_DAYS * DAY_MS));

/** @param today UTC calendar. */
export function stateOf({ reviewOn, expiresOn }: Pick<AssetDetails, 'reviewOn' | 'expiresOn'>, today: CalendarDate) {
  if (expiresOn !== null && expiresOn < today) return 'expired';
  if (expiresOn !== null && expiresOn <= lastNoticeDay(today)) return 'expires-soon';
  return reviewOn !== null && reviewOn <= today ? 'review-due' : 'current';
}

/** Whether a copy in a partner's brand can be made. */
export function isBrandable({ kind, file, branding }: Pick<Asset, 'kind' | 'file' | 'branding'>): boolean {
  if (file === null) return false;
  if (kind === 'document') {
    const hasPlaces = (file.facts.slots ?? []).length > 0 || branding?.logo != null || branding?.contact != null;
    return hasPlaces && obstacleOf(file) === null;
  }
  return (kind === 'picture' || kind === 'logo') && branding?.logo != null;
}

/** Why a document cannot be filled in. */
export function obstacleOf({ facts: { obstacle = null } }: Pick<AssetFile, 'facts'>): DocumentObstacle | null {
  return typeof obstacle === 'string' ? { code: 'pdf-unfillable', message: obstacle, remedy: '' } : obstacle;
}

/** The day that an instant is in, by UTC. */
export const dayOf = (instant: Date): CalendarDate => instant.toISOString().slice(0, 10);

/** "Products / Edge /" as "Products/Edge". */
export const folderOf = (written: string): string =>
  written
    .split('/')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('/');

/** Each tag once, whatever its upper and lower case, in the first spelling. */
export function distinctTags(tags: readonly string[]): string[] {
  const known = new Map<string, string>();
  for (const tag of tags) if (!known.has(tag.toLowerCase())) known.set(tag.toLowerCase(), tag);
  return [...known.values()];
}
