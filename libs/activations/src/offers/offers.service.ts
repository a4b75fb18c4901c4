import { Injectable } from '@nestjs/common';
import { type BrandProfile, BrandProfiles } from '#brand';
import {
  type OfferActor,
  OfferedCampaigns,
  type OfferedVersion,
  type PublishedVersion,
  type Recall,
  recallOf,
} from '#campaigns';
import { type CampaignDigest, type CompiledCampaign, CompiledCampaigns, digestOf } from '#content';
import { type CampaignVersionId, Clock, type Locale, type PartnerActor } from '#kernel';
import { type BrandGap, brandGaps } from '../branding/brand-gaps.js';
import { launchLocale } from '../branding/branded-masters.service.js';
import { postTextOf } from '../branding/post-text.js';
import { requireNotEnded } from './offer-end.js';

/** What a card says of a campaign. */
export interface OfferSummary {
  readonly version: OfferedVersion;
  readonly digest: CampaignDigest;
  /**
   * The language that the partner would launch it in, unless it chooses
   * another.
   */
  readonly locale: Locale;
  /** What the brand profile lacks before a launch of this campaign. */
  readonly missing: readonly BrandGap[];
}

export interface Offer extends OfferSummary {
  readonly compiled: CompiledCampaign;
  /** What its posts say, by key and language, in the partner's name. */
  readonly posts: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** In force: they hide parts of it. */
  readonly recalls: readonly Recall[];
}

/** Campaigns that a partner may run, already in its own brand. */
@Injectable()
export class Offers {
  constructor(
    private readonly offered: OfferedCampaigns,
    private readonly compiled: CompiledCampaigns,
    private readonly profiles: BrandProfiles,
    private readonly clock: Clock,
  ) {}

  /** All that it may run, latest first. */
  async list(actor: PartnerActor): Promise<OfferSummary[]> {
    const profile = await this.profiles.current(actor);
    const versions = await this.offered.list(actor, this.clock.now());
    const digests = await this.compiled.digestsOf(versions.map(({ compiledHash }) => compiledHash));
    return versions.flatMap((version) => {
      const digest = digests.get(version.compiledHash);
      return digest === undefined ? [] : [summaryOf(version, digest, profile)];
    });
  }

  /**
   * @throws DomainError `campaign-version.not-found`, `campaign.ended`: nothing
   *   of an ended campaign can be seen or downloaded.
   */
  async one(actor: OfferActor, versionId: CampaignVersionId): Promise<Offer> {
    const version = await this.offered.version(actor, versionId);
    requireNotEnded(version);
    return this.offer(version, await this.profiles.current(actor));
  }

  private async offer(version: PublishedVersion, profile: BrandProfile): Promise<Offer> {
    const compiled = await this.compiled.load(version.compiledHash);
    const { recalls } = version;
    const isShown = (key: string, locale: string): boolean =>
      recallOf(recalls, { kind: 'social', key, locale, hasBegun: false }) === null;
    const posts = Object.fromEntries(
      compiled.social.map(({ key, text }) => [
        key,
        Object.fromEntries(
          Object.entries(text)
            .filter(([locale]) => isShown(key, locale))
            .map(([locale, words]) => [locale, postTextOf(words, profile.name)]),
        ),
      ]),
    );
    return { ...summaryOf(version, digestOf(compiled), profile), compiled, posts, recalls };
  }
}

function summaryOf(version: OfferedVersion, digest: CampaignDigest, profile: BrandProfile): OfferSummary {
  return { version, digest, locale: launchLocale(digest, null, profile), missing: brandGaps(digest, profile) };
}
