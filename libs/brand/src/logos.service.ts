import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { type Actor, Clock, DomainError, newId } from '#kernel';
import { editorOf, partnerOf } from './authority.js';
import { BrandProfiles } from './brand-profiles.service.js';
import type { BrandProfile } from './brand-profile.js';
import type { Logo, OwnSurface } from './logo.js';
import { LogoSchema } from './logo.schema.js';
import { LogoUploads } from './logo-uploads.service.js';

/** Takes logos in. */
@Injectable()
export class Logos {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly uploads: LogoUploads,
    private readonly profiles: BrandProfiles,
  ) {}

  /**
   * Reads an upload in the renderer, stores it with its variants, and sets it
   * in the profile.
   * @throws DomainError the reader's refusal (`logo.…`), `logo.quota-reached`, or
   *   `job.unavailable`.
   *   The profile is unchanged then.
   */
  async replace(actor: Actor, bytes: Buffer): Promise<{ logo: Logo; profile: BrandProfile }> {
    const partnerId = editorOf(actor);
    const reading = await this.uploads.read(actor, partnerId, bytes);
    return this.database.inTransaction(actor, async () => {
      const logo: Logo = { id: newId(), partnerId, ...reading, createdAt: this.clock.now() };
      await this.database.manager.getRepository(LogoSchema).insert(logo);
      await this.audit.record(actor, { action: 'logo.uploaded', subject: { kind: 'logo', id: logo.id } });
      return { logo, profile: await this.profiles.useLogo(actor, logo.id, logo.palette) };
    });
  }

  /**
   * The logo of the profile.
   * @throws DomainError `logo.missing`.
   */
  async current(actor: Actor): Promise<Logo> {
    return this.database.inTransaction(actor, async () => {
      const { logoId } = await this.profiles.current(actor);
      const logos = this.database.manager.getRepository(LogoSchema);
      const logo = logoId === null ? null : await logos.findOneBy({ id: logoId, partnerId: partnerOf(actor) });
      if (logo === null)
        throw new DomainError(
          'logo.missing',
          'The brand profile has no logo yet. Upload one.',
          {},
          { kind: 'not-found' },
        );
      return logo;
    });
  }

  /**
   * Reads a file of its own for one surface, and uses it there unchanged. The
   * variant for the other surface stays.
   * @throws DomainError as `replace`, and `logo.missing` without a logo.
   */
  async replaceVariant(
    actor: Actor,
    surface: OwnSurface,
    bytes: Buffer,
  ): Promise<{ logo: Logo; profile: BrandProfile }> {
    const partnerId = editorOf(actor);
    await this.current(actor);
    const { generated } = await this.uploads.read(actor, partnerId, bytes);
    return this.change(actor, surface, 'uploaded', () => generated.original);
  }

  /**
   * Uses the upload as it is on a surface, or what was made of it.
   * @throws DomainError `logo.missing` without a logo.
   */
  async useVariant(
    actor: Actor,
    surface: OwnSurface,
    source: 'original' | 'generated',
  ): Promise<{ logo: Logo; profile: BrandProfile }> {
    editorOf(actor);
    return this.change(actor, surface, source, ({ generated }) =>
      source === 'original' ? generated.original : generated[surface],
    );
  }

  /** A new logo with another variant, because sent mail keeps the old one. */
  private async change(
    actor: Actor,
    surface: OwnSurface,
    source: string,
    variantOf: (logo: Logo) => string,
  ): Promise<{ logo: Logo; profile: BrandProfile }> {
    return this.database.inTransaction(actor, async () => {
      await this.profiles.lock(actor, partnerOf(actor));
      const before = await this.current(actor);
      const variants = { ...before.variants, [surface]: variantOf(before) };
      const logo: Logo = { ...before, id: newId(), variants, createdAt: this.clock.now() };
      await this.database.manager.getRepository(LogoSchema).insert(logo);
      await this.audit.record(actor, {
        action: 'logo.variant-changed',
        subject: { kind: 'logo', id: logo.id },
        details: { surface, source },
      });
      return { logo, profile: await this.profiles.useLogo(actor, logo.id, logo.palette) };
    });
  }
}
