import { Injectable } from '@nestjs/common';
import { BrandProfiles, inLocale, provenWebsite } from '#brand';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Clock, DomainError, type Locale, notFound, type PartnerActor, parseLocale } from '#kernel';
import { matches, Memberships, Organisations, PartnerGroups, phoneLink } from '#organisations';
import { type Asset, type AssetId, dayOf, isOpen } from './asset.js';
import { AssetsRepository } from './assets.repository.js';
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
   * after it had downloaded them. Newest first.
   */
  async list(actor: PartnerActor): Promise<SharedAsset[]> {
    requirePermission(actor, 'library.read');
    return this.database.inTransaction(actor, async () => {
      const today = dayOf(this.clock.now());
      const isFor = await this.audience(actor);
      const shown = (await this.rows.shared()).filter(
        (asset) => isFor(asset) && (isOpen(asset, today) || (asset.withdrawn !== null && asset.downloads > 0)),
      );
      const names = new Map<string, string>();
      for (const vendorId of new Set(shown.map((asset) => asset.vendorId)))
        names.set(vendorId, (await this.organisations.get(actor, vendorId)).name);
      return shown.map((asset) => ({ asset, vendorName: names.get(asset.vendorId) ?? '' }));
    });
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

  /** The small picture of an asset. @throws DomainError `asset.not-found`, `file.not-found`. */
  async preview(actor: PartnerActor, id: AssetId): Promise<Buffer> {
    requirePermission(actor, 'library.read');
    const found = (await this.list(actor)).find(({ asset }) => asset.id === id);
    if (found === undefined) throw notFound('asset', id);
    return this.files.preview(found.asset);
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
   * An e-mail signature with the partner's data. Counts as a download.
   * @throws DomainError `asset.not-found`, `asset.withdrawn`, `asset.no-signature`.
   */
  async signature(actor: PartnerActor, id: AssetId, locale: string, person: Signatory) {
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
    await this.count(actor, asset);
    return made;
  }

  /** @throws DomainError `asset.not-found`, `asset.withdrawn`. */
  private async usable(actor: PartnerActor, id: AssetId): Promise<Asset> {
    const found = (await this.list(actor)).find(({ asset }) => asset.id === id);
    if (found === undefined) throw notFound('asset', id);
    const { asset } = found;
    if (asset.withdrawn === null) return asset;
    throw new DomainError(
      'asset.withdrawn',
      `${found.vendorName} withdrew "${asset.title}": ${asset.withdrawn.reason} Stop using your copies.`,
      { title: asset.title, vendor: found.vendorName, reason: asset.withdrawn.reason },
      { kind: 'gone' },
    );
  }

  private async count(actor: PartnerActor, asset: Asset): Promise<void> {
    await this.database.inTransaction(actor, () =>
      this.rows.countDownload(asset, actor.partnerId, dayOf(this.clock.now())),
    );
  }

  /** Whether the partner is among those that an asset is shared with. */
  private async audience(actor: PartnerActor): Promise<(asset: Asset) => boolean> {
    const own = (await this.memberships.allOfPartner(actor, actor.partnerId)).filter(
      ({ status }) => status === 'active',
    );
    const vendors = new Set(own.map(({ vendorId }) => vendorId));
    const met = (await this.groups.list(actor)).filter(({ programmeId, rule }) =>
      own.some((member) => member.programmeId === programmeId && matches(rule, member)),
    );
    const ids = new Set(met.map(({ id }) => id));
    return ({ vendorId, share }) =>
      share !== null &&
      vendors.has(vendorId) &&
      (share.forEveryone || share.partnerGroupIds.some((groupId) => ids.has(groupId)));
  }
}
