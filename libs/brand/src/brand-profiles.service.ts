import { Injectable } from '@nestjs/common';
import type { LogoBox } from '#artwork';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { type Actor, Clock, DomainError, localDay, type LogoId, type PartnerId, type SystemActor } from '#kernel';
import { Organisations } from '#organisations';
import { editorOf, partnerOf } from './authority.js';
import { coloursFrom } from './brand-colours.js';
import { type BrandProfile, emptyProfile } from './brand-profile.js';
import { type BrandProfileInput, checkedInput } from './brand-profile-input.js';
import { type BrandProfileRow, BrandProfileSchema } from './brand-profile.schema.js';
import type { Hex } from './contrast.js';
import { provenHosts } from './host-proof.js';
import { LogoImages, type LogoPicture } from './logo-images.service.js';
import type { LogoSurface } from './logo.js';
import { VerifiedHosts } from './verified-hosts.service.js';

type Content = Omit<BrandProfile, 'verifiedHosts'>;

/** How e-mails of the product to a partner look, and where they go. */
export interface PartnerMailLook extends Pick<BrandProfile, 'name' | 'colours'> {
  /** The contact address; null: none. */
  readonly email: string | null;
}

/**
 * A partner's brand profile: one current version, and every earlier one kept.
 */
@Injectable()
export class BrandProfiles {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly organisations: Organisations,
    private readonly images: LogoImages,
    private readonly hosts: VerifiedHosts,
  ) {}

  /**
   * The newest version.
   * Before the first edit: version 0, from the organisation's data.
   */
  async current(actor: Actor): Promise<BrandProfile> {
    const partnerId = partnerOf(actor);
    return this.database.inTransaction(actor, async () => {
      const row = await this.database.manager.getRepository(BrandProfileSchema).findOneBy({ partnerId });
      const verifiedHosts = provenHosts(await this.hosts.proofs(actor));
      if (row !== null) return { ...contentOf(row), verifiedHosts };
      const { name, countryCode, timeZone } = await this.organisations.get(actor, partnerId);
      return { ...emptyProfile(partnerId, name), countryCode, timeZone, verifiedHosts };
    });
  }

  /** The country of `current` alone: one statement instead of two, for each change of a lead. */
  async country(actor: Actor): Promise<string | null> {
    const partnerId = partnerOf(actor);
    return this.database.inTransaction(actor, async () => {
      const [row] = await this.database.query<Pick<BrandProfile, 'countryCode'>>(
        'SELECT country_code FROM brand.brand_profile WHERE partner_id = $1',
        [partnerId],
      );
      return (row ?? (await this.organisations.get(actor, partnerId))).countryCode;
    });
  }

  /** The time zone of `current` alone, or else of the organisation: it decides when the partner's days begin. */
  async timeZone(actor: Actor): Promise<string> {
    const partnerId = partnerOf(actor);
    return this.database.inTransaction(actor, async () => {
      const [row] = await this.database.query<Pick<BrandProfile, 'timeZone'>>(
        'SELECT time_zone FROM brand.brand_profile WHERE partner_id = $1',
        [partnerId],
      );
      return row?.timeZone ?? (await this.organisations.get(actor, partnerId)).timeZone;
    });
  }

  /** Today in this time zone: `2026-11-17`. */
  async today(actor: Actor): Promise<string> {
    return localDay(this.clock.now(), await this.timeZone(actor));
  }

  /**
   * What e-mails to several partners need, in one query.
   * @returns no entry for a partner that has not edited its profile.
   */
  async mailLooks(
    actor: SystemActor,
    partnerIds: readonly PartnerId[],
  ): Promise<ReadonlyMap<PartnerId, PartnerMailLook>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<PartnerMailLook & { readonly partnerId: PartnerId }>(
        `SELECT partner_id, name, contact ->> 'email' AS email, colours FROM brand.brand_profile WHERE partner_id = ANY ($1)`,
        [partnerIds],
      ),
    );
    return new Map(rows.map(({ partnerId, ...look }) => [partnerId, look]));
  }

  /**
   * Stores a new version. Claims a new website's host if nothing proves it, so
   * that its record can be copied.
   * @param basedOn the version that the editor saw; null: replace any.
   * @throws DomainError `brand-profile.stale` when another user saved first,
   *   `brand-profile.invalid` with every problem.
   */
  async edit(actor: Actor, basedOn: number | null, input: BrandProfileInput): Promise<BrandProfile> {
    const partnerId = editorOf(actor);
    const checked = checkedInput(input);
    return this.database.inTransaction(actor, async () => {
      const before = await this.lock(actor, partnerId);
      if (basedOn !== null && basedOn !== before.version) throw stale(before.version);
      const after = await this.save(actor, { ...before, ...checked });
      if (after.website !== before.website) await this.hosts.claimWebsite(actor, before, after);
      return after;
    });
  }

  /**
   * The logo of a profile on a surface in an exact size: a PNG of twice as many
   * pixels, made once and stored; see `LogoImages.image`.
   * @returns its blob.
   * @throws DomainError `logo.missing`.
   */
  logoImage(actor: Actor, profile: BrandProfile, surface: LogoSurface, box: LogoBox): Promise<string> {
    return this.images.image(actor, profile, surface, box);
  }

  /** The logo on a white plate, for mails of the product in the partner's name. */
  async logoPlate(actor: Actor): Promise<LogoPicture> {
    return this.images.plate(actor, await this.current(actor));
  }

  /**
   * The same picture in a size that a request names. It is not stored.
   * @throws DomainError `logo.missing`, `logo.too-many`.
   */
  async drawLogo(actor: Actor, surface: LogoSurface, box: LogoBox): Promise<Buffer> {
    return this.images.draw(actor, await this.current(actor), surface, box);
  }

  /**
   * Sets a new logo, with colours from it if none were chosen.
   * Joins the open transaction.
   */
  async useLogo(actor: Actor, logoId: LogoId, palette: readonly Hex[]): Promise<BrandProfile> {
    const partnerId = editorOf(actor);
    return this.database.inTransaction(actor, async () => {
      const before = await this.lock(actor, partnerId);
      return this.save(actor, { ...before, logoId, colours: before.colours ?? coloursFrom(palette) });
    });
  }

  /**
   * The profile, locked until the open transaction ends: two editors take turns.
   */
  async lock(actor: Actor, partnerId: PartnerId): Promise<BrandProfile> {
    await this.database.query(`SELECT pg_advisory_xact_lock(hashtextextended('brand-profile ' || $1, 0))`, [partnerId]);
    return this.current(actor);
  }

  private async save(actor: Actor, after: BrandProfile): Promise<BrandProfile> {
    const { partnerId } = after;
    const row = rowOf({ ...after, version: after.version + 1 }, this.clock.now());
    const profiles = this.database.manager.getRepository(BrandProfileSchema);
    if (row.version === 1) await profiles.insert(row);
    else await profiles.update({ partnerId }, row);
    await this.database.query(
      'INSERT INTO brand.brand_profile_version (partner_id, version, profile, edited_by, edited_at) VALUES ($1, $2, $3, $4, $5)',
      [partnerId, row.version, JSON.stringify(row), actor.name, row.updatedAt],
    );
    await this.audit.record(actor, {
      action: 'brand-profile.changed',
      subject: { kind: 'brand-profile', id: partnerId },
      details: { version: row.version },
    });
    return { ...contentOf(row), verifiedHosts: after.verifiedHosts };
  }
}

function rowOf(profile: BrandProfile, updatedAt: Date): BrandProfileRow {
  return { ...contentOf(profile), updatedAt };
}

function contentOf(from: Content): Content {
  return {
    partnerId: from.partnerId,
    version: from.version,
    name: from.name,
    legalName: from.legalName,
    legalLine: from.legalLine,
    postalAddress: from.postalAddress,
    countryCode: from.countryCode,
    timeZone: from.timeZone,
    website: from.website,
    privacyUrl: from.privacyUrl,
    imprintUrl: from.imprintUrl,
    contact: from.contact,
    colours: from.colours,
    locales: from.locales,
    logoId: from.logoId,
  };
}

function stale(version: number): DomainError {
  return new DomainError(
    'brand-profile.stale',
    'Another user changed the brand profile meanwhile. Reload it and repeat your change.',
    { version },
    { kind: 'stale' },
  );
}
