import { Injectable } from '@nestjs/common';
import { fitLogo } from '#artwork';
import { Database } from '#database';
import { type Actor, DomainError } from '#kernel';
import { BlobStore } from '#storage';
import { partnerOf } from './authority.js';
import type { BrandProfile } from './brand-profile.js';
import { readableOn } from './contrast.js';
import type { LogoSurface, LogoVariant } from './logo.js';
import { LogoSchema } from './logo.schema.js';

/** A box in CSS pixels, and the position of a logo of another shape in it. */
export interface LogoBox {
  readonly width: number;
  readonly height: number;
  readonly align?: 'left' | 'center' | 'right';
}

/** Logos in exact sizes, each made once. */
@Injectable()
export class LogoImages {
  constructor(
    private readonly database: Database,
    private readonly blobs: BlobStore,
  ) {}

  /**
   * @returns the blob of a PNG of twice the size.
   * @throws DomainError `logo.missing` while the profile has none.
   */
  async image(
    actor: Actor,
    profile: BrandProfile,
    surface: LogoSurface,
    { width, height, align = 'left' }: LogoBox,
  ): Promise<string> {
    const partnerId = partnerOf(actor);
    const variant = variantFor(surface, profile);
    const { logoId } = profile;
    if (logoId === null)
      throw new DomainError(
        'logo.missing',
        'The brand profile has no logo yet. Upload one.',
        {},
        { kind: 'not-found' },
      );
    const known = await this.database.inTransaction(actor, async () => {
      const [made] = await this.database.query<{ hash: string }>(
        'SELECT hash FROM brand.logo_image WHERE logo_id = $1 AND surface = $2 AND width = $3 AND height = $4 AND align = $5',
        [logoId, variant, width, height, align],
      );
      const logos = this.database.manager.getRepository(LogoSchema);
      return made ?? { source: (await logos.findOneByOrFail({ id: logoId, partnerId })).variants[variant] };
    });
    if ('hash' in known) return known.hash;
    // Outside the transaction: scaling is slow, and the same image gives the
    // same blob.
    const hash = await this.blobs.put(await fitLogo(await this.blobs.get(known.source), { width, height, align }));
    await this.database.inTransaction(actor, () =>
      this.database.query(
        `INSERT INTO brand.logo_image (logo_id, partner_id, surface, width, height, align, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT DO NOTHING`,
        [logoId, partnerId, variant, width, height, align, hash],
      ),
    );
    return hash;
  }
}

/** On the partner's own colour: the variant for surfaces of that lightness. */
function variantFor(surface: LogoSurface, profile: BrandProfile): LogoVariant {
  if (surface !== 'brand') return surface;
  return readableOn(profile.colours?.primary ?? '#ffffff') === '#ffffff' ? 'dark' : 'light';
}
