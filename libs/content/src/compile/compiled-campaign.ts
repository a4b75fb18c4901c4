import type { Locale } from '#kernel';
import type { FormField, Master, SlotFormat, SlotNodes } from '#rendering';
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
    /** What a reader consents to, word for word: the evidence of a consent record. */
    readonly consent: Localised;
    /** What a reader sees after sending the form. */
    readonly thanks: Localised;
    /** Whether the vendor wants opt-ins confirmed from the reader's mailbox; versions of before say nothing. */
    readonly doubleOptIn?: boolean;
  } | null;
}

export interface CompiledDocument {
  readonly key: string;
  readonly title: Localised;
  /** Prepared PDF masters, as #artwork reads them. */
  readonly prepared: Readonly<Record<Locale, BlobHash>>;
}

/** A post's pictures: locale → format → prepared picture. */
type BlobsByLocale = Readonly<Record<Locale, Readonly<Record<SocialFormat, BlobHash>>>>;

export interface CompiledPost {
  readonly key: string;
  /** The post's text; `{{partner.name}}` stands where the partner's name goes. */
  readonly text: Localised;
  readonly link: string;
  /** Prepared pictures, as #artwork reads them. */
  readonly prepared: BlobsByLocale;
}

/** A picture of the vendor's, public by its hash. */
export interface PackageImage {
  readonly hash: BlobHash;
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/webp';
}

/** A place for the partner's own words: filled once, shown wherever it stands. */
export interface CampaignSlot {
  readonly name: string;
  readonly label: Localised;
  /** What to write there; empty, or missing where it was compiled before there was such a thing, where the label says it. */
  readonly help?: Localised;
  readonly format: SlotFormat;
  readonly links: 'none' | 'partner';
  /** The least of all places where the slot stands. */
  readonly maxChars: number;
  readonly maxLines: number;
  readonly required: boolean;
  readonly default: Readonly<Record<Locale, SlotNodes>>;
  /** Tactics that show it: `emails.welcome`, `documents.brochure`. */
  readonly usedIn: readonly string[];
}

/** Everything a package was compiled into: plain JSON, and hashes of blobs. The same package gives the same JSON. */
export interface CompiledCampaign {
  readonly definition: CampaignDefinition;
  readonly emails: readonly CompiledEmail[];
  readonly pages: readonly CompiledPage[];
  readonly documents: readonly CompiledDocument[];
  readonly social: readonly CompiledPost[];
  /** By path in the package. */
  readonly images: Readonly<Record<string, PackageImage>>;
  readonly slots: readonly CampaignSlot[];
  /** What partners' people are told, by key; missing where a campaign was compiled before there was such a step. */
  readonly notices?: Readonly<Record<string, Localised>>;
}

/** Keeps bytes and says under which hash; the same bytes, the same hash. */
export type StoreBlob = (bytes: Buffer) => Promise<BlobHash>;

/** A text of the catalogues in every locale. */
export function inEachLocale(catalogues: readonly Catalogue[], key: string): Localised {
  return Object.fromEntries(catalogues.map(({ locale, texts }) => [locale, texts[key] ?? '']));
}
