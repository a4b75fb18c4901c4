import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles, type PartnerMailLook } from '#brand';
import type { OfferedVersion, OfferToday } from '#campaigns';
import { CONFIG, type Config } from '#config';
import { type CampaignDigest, CompiledCampaigns } from '#content';
import { SystemMail, type SystemMailMessage } from '#identity';
import { groupBy, type PartnerId, type SystemActor, type VendorId } from '#kernel';
import { contactReaders, type Notice, Notifier, type NoticeReader } from '#notifications';
import { Organisations } from '#organisations';
import type { BlobHash } from '#storage';
import { OfferPictureLinks } from '../offers/offer-picture-links.service.js';
import { type OfferedCampaign, offerLetter, type OfferNews } from './campaign-letters.js';
import type { CampaignNewsItem } from './campaign-news.service.js';

/** A version that is offered to a partner. */
export interface PartnerOffer {
  readonly partnerId: PartnerId;
  readonly version: OfferedVersion;
}

const EVENTS = {
  offered: 'campaign-published',
  extended: 'campaign-extended',
  reminded: 'campaign-reminder',
} as const satisfies Record<OfferNews['kind'], Notice['event']>;

/** The product's look, for partners without colours. */
const STANDARD_COLOURS = { primary: '#1f3fbf', onPrimary: '#ffffff', link: '#1f3fbf' } as const;

/**
 * Tells partners of campaigns that they can launch: any number of partners in
 * the same few statements. All methods join the open transaction.
 */
@Injectable()
export class CampaignNewsMail {
  constructor(
    private readonly compiled: CompiledCampaigns,
    private readonly profiles: BrandProfiles,
    private readonly organisations: Organisations,
    private readonly notifier: Notifier,
    private readonly mail: SystemMail,
    private readonly pictures: OfferPictureLinks,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** Shows new campaigns in the portal and in weekly summaries. Their e-mails follow with `postOffers`. */
  async recordOffers(actor: SystemActor, offers: readonly PartnerOffer[]): Promise<void> {
    const looks = await this.looksOf(actor, offers);
    const vendors = await this.vendorNames(actor, offers);
    await this.notifier.record(
      actor,
      offers.map((offer) => offerNotice(offer, { kind: 'offered', key: offer.version.campaignId, looks, vendors })),
    );
  }

  /** Hides new campaigns from the people of partners that may not launch them today. */
  async showOnly(offers: readonly OfferToday[]): Promise<void> {
    const holders = [...groupBy(offers, ({ campaignId }) => campaignId)].map(
      ([campaignId, ofOne]) => [campaignId, ofOne.flatMap(({ partnerIds }) => partnerIds)] as const,
    );
    await this.notifier.showOnlyTo(EVENTS.offered, new Map(holders));
  }

  /** Takes offers that have ended out of the portal, unless they were mailed. */
  async withdrawOffers(items: readonly CampaignNewsItem[]): Promise<void> {
    if (items.length === 0) return;
    const ofCampaigns = groupBy(items, ({ campaignId }) => campaignId);
    for (const [campaignId, gone] of ofCampaigns)
      await this.notifier.withdraw(
        gone.map(({ partnerId }) => partnerId),
        EVENTS.offered,
        [campaignId],
      );
  }

  /**
   * One e-mail per reader for all offers to a partner.
   * @param kind published to the partner, or with more days.
   */
  async postOffers(actor: SystemActor, kind: 'offered' | 'extended', offers: readonly PartnerOffer[]): Promise<void> {
    await this.post(actor, offers, { kind, message: null, keyOf: (version) => keyOfOffer(kind, version) });
  }

  /**
   * One e-mail that asks to launch these; none if there are none.
   * @param message of the vendor.
   * @param reminderId of the vendor's press.
   */
  async postReminder(
    actor: SystemActor,
    offers: readonly PartnerOffer[],
    { message, reminderId }: { readonly message: string | null; readonly reminderId: string },
  ): Promise<void> {
    await this.post(actor, offers, {
      kind: 'reminded',
      message,
      keyOf: ({ versionId }) => `${versionId} ${reminderId}`,
    });
  }

  private async post(
    actor: SystemActor,
    offers: readonly PartnerOffer[],
    { keyOf, ...news }: Pick<OfferNews, 'kind' | 'message'> & { readonly keyOf: (version: OfferedVersion) => string },
  ): Promise<void> {
    if (offers.length === 0) return;
    const looks = await this.looksOf(actor, offers);
    const vendors = await this.vendorNames(actor, offers);
    const digests = news.kind === 'offered' ? await this.digestsOf(offers) : new Map<BlobHash, CampaignDigest>();
    const versions = new Map<Notice, OfferedVersion>();
    for (const offer of offers)
      versions.set(offerNotice(offer, { kind: news.kind, key: keyOf(offer.version), looks, vendors }), offer.version);
    const readers = await this.notifier.readersNow(actor, [...versions.keys()]);
    const mails = [...groupBy(readers, ({ notice, reader }) => `${notice.organisationId} ${reader.email}`).values()];
    await this.mail.postAll(
      mails.map((ofOne) => ({ message: this.letter(ofOne, { news, versions, vendors, digests, looks }) })),
    );
  }

  private letter(
    ofOne: readonly NoticeReader[],
    { news, versions, vendors, digests, looks }: Known & { readonly news: Pick<OfferNews, 'kind' | 'message'> },
  ): SystemMailMessage {
    const [first] = ofOne;
    if (first === undefined) throw new Error('An e-mail without a campaign.');
    const partnerId = first.notice.organisationId as PartnerId;
    const campaigns = ofOne.flatMap(({ notice, reader }): OfferedCampaign[] => {
      const version = versions.get(notice);
      if (version === undefined) return [];
      const digest = digests.get(version.compiledHash);
      return [
        {
          vendor: { id: version.vendorId, name: vendors.get(version.vendorId) ?? '' },
          title: version.title,
          summary: version.summary,
          closesOn: version.closesOn,
          ...(digest === undefined ? {} : { contents: contentsOf(digest) }),
          picture: this.pictureOf(digest, { partnerId, version, locale: reader.locale }),
        },
      ];
    });
    const path = ofOne.length === 1 ? first.notice.path : '/';
    return offerLetter(first.reader, {
      ...news,
      url: `${this.config.PUBLIC_URL}${path}`,
      campaigns,
      look: news.kind === 'offered' ? brandOf(looks.get(partnerId)) : null,
    });
  }

  /** The first post of the campaign in the partner's branding; null if it has none. */
  private pictureOf(
    digest: CampaignDigest | undefined,
    about: PartnerOffer & { readonly locale: string },
  ): string | null {
    const [post] = digest?.posts ?? [];
    return post === undefined
      ? null
      : this.pictures.url({ partnerId: about.partnerId, versionId: about.version.versionId, key: post.key });
  }

  /** Contents and posts of new campaigns. Only processes of no partner may read them in a transaction. */
  private digestsOf(offers: readonly PartnerOffer[]): Promise<ReadonlyMap<BlobHash, CampaignDigest>> {
    return this.compiled.digestsOf([...new Set(offers.map(({ version }) => version.compiledHash))]);
  }

  private async looksOf(actor: SystemActor, items: readonly { readonly partnerId: PartnerId }[]): Promise<Looks> {
    return this.profiles.mailLooks(actor, [...new Set(items.map(({ partnerId }) => partnerId))]);
  }

  private async vendorNames(
    actor: SystemActor,
    offers: readonly PartnerOffer[],
  ): Promise<ReadonlyMap<VendorId, string>> {
    const ids = [...new Set(offers.map(({ version }) => version.vendorId))];
    const found = await this.organisations.byIds(actor, ids);
    return new Map(ids.map((id) => [id, found.get(id)?.name ?? '']));
  }
}

type Looks = ReadonlyMap<PartnerId, PartnerMailLook>;

/** What e-mails to all readers are made of. */
interface Known {
  readonly versions: ReadonlyMap<Notice, OfferedVersion>;
  readonly vendors: ReadonlyMap<VendorId, string>;
  readonly digests: ReadonlyMap<string, CampaignDigest>;
  readonly looks: Looks;
}

/** A campaign is announced once; each later last day is an event of its own. */
const keyOfOffer = (kind: 'offered' | 'extended', { campaignId, closesOn }: OfferedVersion): string =>
  kind === 'offered' ? campaignId : `${campaignId} ${closesOn}`;

function offerNotice(
  { partnerId, version }: PartnerOffer,
  {
    kind,
    key,
    looks,
    vendors,
  }: Pick<Known, 'looks' | 'vendors'> & { readonly kind: OfferNews['kind']; readonly key: string },
): Notice {
  return {
    organisationId: partnerId,
    kind: 'campaigns',
    event: EVENTS[kind],
    key,
    by: vendors.get(version.vendorId) ?? '',
    titles: version.title,
    number: version.number,
    path: `/offers/${version.versionId}`,
    audience: contactReaders(looks.get(partnerId)?.email ?? null),
  };
}

const contentsOf = ({ steps, posts, documents }: CampaignDigest) => ({
  emails: steps.filter(({ kind }) => kind === 'email').length,
  posts: posts.length,
  documents: documents.length,
});

const brandOf = (look: PartnerMailLook | undefined) =>
  look === undefined ? null : { name: look.name, colours: look.colours ?? STANDARD_COLOURS, logo: null };
