import type { Locale } from '#kernel';
import type { FormField, Master, PictureRule, SlotFormat, SlotNodes } from '#rendering';
import type { BlobHash } from '#storage';
import type { CampaignDefinition, Localised } from '../definition/campaign-definition.js';
import type { Catalogue } from '../definition/catalogue.js';

/** The sizes a post's picture comes in: 1200×627, 1080×1080, 1080×1920. */
export const SOCIAL_FORMATS = ['landscape', 'square', 'story'] as const;
export type SocialFormat = (typeof SOCIAL_FORMATS)[number];

/** One template in every locale of the campaign. */
export interface CompiledEmail {
  readonly key: string;
  readonly masters: Readonly<Record<Locale, Master>>;
}

export interface CompiledPage extends CompiledEmail {
  readonly title: Localised;
  readonly form: {
    readonly fields: readonly FormField[];
    readonly required: readonly FormField[];
    /**
     * The exact text that a reader consents to: evidence for a consent record.
     */
    readonly consent: Localised;
    /** Shown after a reader has sent the form. */
    readonly thanks: Localised;
    /** What the reader is offered then: a link of the campaign. Missing: nothing of the vendor's own. */
    readonly next?: { readonly link: string; readonly label: Localised };
    /**
     * Whether opt-ins must be confirmed by e-mail. Missing in older versions.
     */
    readonly doubleOptIn?: boolean;
  } | null;
}

export interface CompiledDocument {
  readonly key: string;
  readonly title: Localised;
  /** Prepared PDF masters, in the format of #artwork. */
  readonly prepared: Readonly<Record<Locale, BlobHash>>;
}

/** A post's pictures: locale → format → prepared picture. */
type BlobsByLocale = Readonly<Record<Locale, Readonly<Record<SocialFormat, BlobHash>>>>;

export interface CompiledPost {
  readonly key: string;
  /** The post's text. `{{partner.name}}` is replaced by the partner's name. */
  readonly text: Localised;
  readonly link: string;
  /** Prepared pictures, in the format of #artwork. */
  readonly prepared: BlobsByLocale;
}

/** A vendor's picture, public by its hash. */
export interface PackageImage {
  readonly hash: BlobHash;
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/webp';
}

/** The name of a public picture: its content, and an ending by which mail programs know it. */
export const fileOfImage = ({ hash, mediaType }: PackageImage): string =>
  `${hash}.${mediaType === 'image/jpeg' ? 'jpg' : mediaType.slice('image/'.length)}`;

/** A slot for the partner's text: filled once, shown at every occurrence. */
export interface CampaignSlot {
  readonly name: string;
  readonly label: Localised;
  /** Help text. Empty if the label is enough; missing in older versions. */
  readonly help?: Localised;
  readonly format: SlotFormat;
  readonly links: 'none' | 'partner';
  /** The least of all occurrences. */
  readonly maxChars: number;
  readonly maxLines: number;
  readonly required: boolean;
  readonly default: Readonly<Record<Locale, SlotNodes>>;
  /** Of a choice; missing for texts and in older versions. */
  readonly options?: readonly { readonly name: string; readonly label: Localised }[];
  /** Of a picture; missing for others and in older versions. */
  readonly picture?: PictureRule;
  /** Tactics that contain it: `emails.welcome`, `documents.brochure`. */
  readonly usedIn: readonly string[];
}

/**
 * The result of compiling a package: plain JSON, and hashes of blobs. The same
 * package gives the same JSON.
 */
export interface CompiledCampaign {
  readonly definition: CampaignDefinition;
  readonly emails: readonly CompiledEmail[];
  readonly pages: readonly CompiledPage[];
  readonly documents: readonly CompiledDocument[];
  readonly social: readonly CompiledPost[];
  /** By path in the package. */
  readonly images: Readonly<Record<string, PackageImage>>;
  readonly slots: readonly CampaignSlot[];
  /**
   * Texts of notices to partners' users, by key. Missing in campaigns compiled
   * before this step existed.
   */
  readonly notices?: Readonly<Record<string, Localised>>;
}

/** Documents and posts, with what their previews need. A campaign with problems elsewhere has them, too. */
export type CompiledArtworkOnly = Pick<CompiledCampaign, 'definition' | 'documents' | 'social' | 'slots'>;

/** Stores bytes and returns their hash. */
export type StoreBlob = (bytes: Buffer) => Promise<BlobHash>;

/** A text of the catalogues in every locale. */
export function inEachLocale(catalogues: readonly Catalogue[], key: string): Localised {
  return Object.fromEntries(catalogues.map(({ locale, texts }) => [locale, texts[key] ?? '']));
}
