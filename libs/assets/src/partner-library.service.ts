import { Injectable } from '@nestjs/common';
import { BrandProfiles, inLocale, provenWebsite } from '#brand';
import { Database } from '#database';
import { requirePermission } from '#identity';
import {
  Clock,
  DomainError,
  groupBy,
  type Locale,
  notFound,
  type PartnerActor,
  parseLocale,
  systemActor,
} from '#kernel';
import { Memberships, Organisations, PartnerGroups, phoneLink } from '#organisations';
import { type Asset, type AssetId, type CalendarDate, dayOf, type Poster } from './asset.js';
import { AssetsRepository, type Audience } from './assets.repository.js';
import { shownPoster } from './poster.js';
import { SharedFiles } from './shared-files.service.js';
import { signatureOf } from './signature.js';

/** An asset with the name of the vendor that shares it. */
export interface SharedAsset {
  readonly asset: Asset;
  readonly vendorName: string;
}

/** The person whose signature it is; what is absent comes from the brand. */
export interface Signatory {
  readonly name?: string | undefined;
  readonly title?: string | undefined;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
}

const INK = '#0f766e';
/** Most assets of a partner's library. */
const LISTED = 500;

/** What vendors share with a partner without a campaign. */
@Injectable()
export class PartnerLibrary {
  constructor(
    private readonly database: Database,
    private readonly rows: AssetsRepository,
    private readonly groups: PartnerGroups,
    private readonly memberships: Memberships,
    private readonly organisations: Organisations,
    private readonly profiles: BrandProfiles,
    private readonly files: SharedFiles,
    private readonly clock: Clock,
  ) {}

  /**
   * The assets that the partner may use today, and those that were withdrawn
   * after it had downloaded them. The newest 500, without the text of captions.
   */
  async list(actor: PartnerActor): Promise<SharedAsset[]> {
    requirePermission(actor, 'library.read');
    const listed = await this.database.inTransaction(actor, async () => {
      const shown = await this.rows.shared(await this.audience(actor), this.today(), LISTED);
      const names = new Map<string, string>();
      for (const vendorId of new Set(shown.map((asset) => asset.vendorId)))
        names.set(vendorId, (await this.organisations.get(actor, vendorId)).name);
      return shown.map((asset) => ({ asset, vendorName: names.get(asset.vendorId) ?? '' }));
    });
    const posters = await this.posters(listed.map(({ asset }) => asset));
    return listed.map(({ asset, vendorName }) => ({ asset: withPoster(asset, posters), vendorName }));
  }

  /**
   * A file as the vendor stored it, or a copy in the partner's brand. Counts the
   * download. An SVG is delivered as PNG, because it could hold scripts.
   * @param locale of the contact in a copy; null: as it is.
   * @throws DomainError `asset.not-found`, `asset.withdrawn`,
   *   `asset.not-brandable`, `logo.missing`.
   */
  async download(actor: PartnerActor, id: AssetId, locale: string | null) {
    requirePermission(actor, 'library.read');
    const asset = await this.usable(actor, id);
    const read = locale === null ? await this.files.original(asset) : await this.files.branded(actor, asset, locale);
    await this.count(actor, asset);
    return read;
  }

  /**
   * The small picture of an asset, or the poster of a video.
   * @throws DomainError `asset.not-found`, `file.not-found`.
   */
  async preview(actor: PartnerActor, id: AssetId): Promise<Buffer> {
    requirePermission(actor, 'library.read');
    const asset = await this.shared(actor, id);
    return this.files.preview(withPoster(asset, await this.posters([asset])));
  }

  /**
   * WebVTT captions of a video.
   * @throws DomainError `asset.not-found`, `asset.withdrawn`, `file.not-found`.
   */
  async captions(actor: PartnerActor, id: AssetId, locale: string): Promise<string> {
    requirePermission(actor, 'library.read');
    const { content } = await this.usable(actor, id);
    const captions = content.captions?.[locale];
    if (captions === undefined) throw notFound('file', locale);
    return captions;
  }

  /**
   * An e-mail signature with the partner's data.
   * @param isTaken it is copied or saved: counts as a download.
   * @throws DomainError `asset.not-found`, `asset.withdrawn`, `asset.no-signature`.
   */
  async signature(actor: PartnerActor, id: AssetId, locale: string, person: Signatory, isTaken: boolean) {
    requirePermission(actor, 'library.read');
    const asset = await this.usable(actor, id);
    if (asset.kind !== 'signature')
      throw new DomainError('asset.no-signature', `"${asset.title}" is not an e-mail signature.`, {});
    const tag = (parseLocale(locale) ?? 'en') as Locale;
    const whole = await this.profiles.current(actor);
    const { contact, name, legalName, legalLine, colours } = inLocale(whole, tag);
    const phone = person.phone ?? contact.phone;
    const texts = asset.content.texts ?? {};
    const made = signatureOf({
      name: person.name ?? contact.name,
      title: person.title ?? contact.title,
      phone: phone === null ? null : phoneLink(phone, whole.countryCode).text,
      email: person.email ?? contact.email,
      company: legalName ?? name,
      website: provenWebsite(whole),
      legalLine,
      colour: colours?.primary ?? INK,
      logo: whole.logoId === null ? null : await this.files.plate(actor),
      words: texts[tag] ?? texts['en'] ?? Object.values(texts)[0] ?? '',
      link: asset.content.address ?? null,
    });
    if (isTaken) await this.count(actor, asset);
    return made;
  }

  /** @throws DomainError `asset.not-found`, `asset.withdrawn`. */
  private async usable(actor: PartnerActor, id: AssetId): Promise<Asset> {
    const asset = await this.shared(actor, id);
    if (asset.withdrawn === null) return asset;
    const vendor = await this.organisations.get(actor, asset.vendorId);
    throw new DomainError(
      'asset.withdrawn',
      `${vendor.name} withdrew "${asset.title}": ${asset.withdrawn.reason} Stop using your copies.`,
      { title: asset.title, vendor: vendor.name, reason: asset.withdrawn.reason },
      { kind: 'gone' },
    );
  }

  /** @throws DomainError `asset.not-found`. */
  private shared(actor: PartnerActor, id: AssetId): Promise<Asset> {
    return this.database.inTransaction(actor, async () =>
      this.rows.sharedOne(await this.audience(actor), this.today(), id),
    );
  }

  /** Posters of these videos that may be shown today. They need not be shared themselves. */
  private async posters(assets: readonly Asset[]): Promise<ReadonlyMap<string, Poster>> {
    const found: Poster[] = [];
    const videos = assets.filter(({ content }) => content.poster !== undefined);
    for (const [vendorId, its] of groupBy(videos, (video) => video.vendorId)) {
      const ids = its.flatMap(({ content: { poster } }) => poster ?? []);
      const vendor = systemActor('partner-library', { vendorId });
      const posters = await this.database.inTransaction(vendor, () => this.rows.posters(ids));
      found.push(...[...posters.values()].filter((poster) => shownPoster({ poster }, this.today()) !== null));
    }
    return new Map(found.map((poster) => [poster.id, poster]));
  }

  private async count(actor: PartnerActor, asset: Asset): Promise<void> {
    await this.database.inTransaction(actor, () => this.rows.countDownload(asset, actor.partnerId, this.today()));
  }

  private today(): CalendarDate {
    return dayOf(this.clock.now());
  }

  private async audience(actor: PartnerActor): Promise<Audience> {
    const own = (await this.memberships.allOfPartner(actor, actor.partnerId)).filter(
      ({ status }) => status === 'active',
    );
    const groupIds = [...(await this.groups.groupsOf(actor, actor.partnerId))];
    return { vendorIds: own.map(({ vendorId }) => vendorId), groupIds };
  }
}

/** An asset whose poster was looked up under the scope of its vendor. */
const withPoster = (asset: Asset, posters: ReadonlyMap<string, Poster>): Asset => ({
  ...asset,
  poster: posters.get(asset.content.poster ?? '') ?? null,
});
