import { Injectable } from '@nestjs/common';
import { fitLogo, type LogoBox, plateLogo } from '#artwork';
import { LRUCache } from 'lru-cache';
import { Database } from '#database';
import { type Actor, DomainError, type LogoId } from '#kernel';
import { BlobStore } from '#storage';
import { partnerOf } from './authority.js';
import { MAIL_LOGO } from './brand-kit.js';
import type { BrandProfile } from './brand-profile.js';
import { readableOn } from './contrast.js';
import type { LogoSurface, LogoVariant } from './logo.js';
import { LogoSchema } from './logo.schema.js';

/** A logo on its white plate, as a blob, in CSS pixels. */
export interface LogoPicture {
  readonly hash: string;
  readonly width: number;
  readonly height: number;
}

/** Pictures that an organisation may have drawn at the same time. */
const DRAWN_AT_ONCE = 6;

/** Logos in exact sizes. */
@Injectable()
export class LogoImages {
  private readonly drawing = new Map<string, number>();
  /** By the blob of the variant. Drawing one again gives the same blob. */
  private readonly plates = new LRUCache<string, LogoPicture>({ max: 1_000 });

  constructor(
    private readonly database: Database,
    private readonly blobs: BlobStore,
  ) {}

  /**
   * Stores the logo in this size for ever, once. Only for sizes that a vendor's
   * campaign or the product's code decides, never for those of a request.
   * @returns the blob of a PNG of twice the size.
   * @throws DomainError `logo.missing` while the profile has none.
   */
  async image(actor: Actor, profile: BrandProfile, surface: LogoSurface, box: LogoBox): Promise<string> {
    const found = await this.find(actor, profile, surface, box);
    if (found.hash !== null) return found.hash;
    // Outside the transaction: scaling is slow, and the same image gives the
    // same blob.
    const hash = await this.blobs.put(await fitLogo(await this.blobs.get(found.source), box));
    await this.database.inTransaction(actor, () =>
      this.database.query(
        `INSERT INTO brand.logo_image (logo_id, partner_id, surface, width, height, align, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT DO NOTHING`,
        [found.logoId, partnerOf(actor), found.variant, box.width, box.height, box.align ?? 'left', hash],
      ),
    );
    return hash;
  }

  /**
   * Draws the logo in a size that a request names, and stores nothing: there are
   * millions of sizes, and blobs are never deleted.
   * @returns a PNG of twice the size.
   * @throws DomainError `logo.missing`, `logo.too-many` while others are drawn.
   */
  async draw(actor: Actor, profile: BrandProfile, surface: LogoSurface, box: LogoBox): Promise<Buffer> {
    const found = await this.find(actor, profile, surface, box);
    if (found.hash !== null) return this.blobs.get(found.hash);
    const partnerId = partnerOf(actor);
    const others = this.drawing.get(partnerId) ?? 0;
    if (others >= DRAWN_AT_ONCE)
      throw new DomainError(
        'logo.too-many',
        `${DRAWN_AT_ONCE} sizes of your logo are being drawn. Wait for them, then request this one again.`,
        {},
        { kind: 'too-many' },
      );
    this.drawing.set(partnerId, others + 1);
    try {
      return await fitLogo(await this.blobs.get(found.source), box);
    } finally {
      const left = (this.drawing.get(partnerId) ?? 1) - 1;
      if (left > 0) this.drawing.set(partnerId, left);
      else this.drawing.delete(partnerId);
    }
  }

  /**
   * The logo for mails of the product in the partner's name: on a white plate,
   * because a transparent dark logo is invisible where a mail program makes the
   * letter dark.
   * @throws DomainError `logo.missing`.
   */
  async plate(actor: Actor, profile: BrandProfile): Promise<LogoPicture> {
    const { source } = await this.find(actor, profile, 'light', MAIL_LOGO);
    const known = this.plates.get(source);
    if (known !== undefined) return known;
    const { png, width, height } = await plateLogo(await this.blobs.get(source), MAIL_LOGO);
    const picture = { hash: await this.blobs.put(png), width, height };
    this.plates.set(source, picture);
    return picture;
  }

  private async find(
    actor: Actor,
    profile: BrandProfile,
    surface: LogoSurface,
    { width, height, align = 'left' }: LogoBox,
  ): Promise<FoundLogo> {
    const variant = variantFor(surface, profile);
    const { logoId } = profile;
    if (logoId === null)
      throw new DomainError(
        'logo.missing',
        'The brand profile has no logo yet. Upload one.',
        {},
        { kind: 'not-found' },
      );
    return this.database.inTransaction(actor, async () => {
      const [made] = await this.database.query<{ hash: string }>(
        'SELECT hash FROM brand.logo_image WHERE logo_id = $1 AND surface = $2 AND width = $3 AND height = $4 AND align = $5',
        [logoId, variant, width, height, align],
      );
      const logos = this.database.manager.getRepository(LogoSchema);
      const { variants } = await logos.findOneByOrFail({ id: logoId, partnerId: partnerOf(actor) });
      return { logoId, variant, source: variants[variant], hash: made?.hash ?? null };
    });
  }
}

/** The variant for a surface, and its blob in the size, if that is stored. */
interface FoundLogo {
  readonly logoId: LogoId;
  readonly variant: LogoVariant;
  readonly source: string;
  readonly hash: string | null;
}

/** On the partner's own colour: the variant for surfaces of that lightness. */
function variantFor(surface: LogoSurface, profile: BrandProfile): LogoVariant {
  if (surface !== 'brand') return surface;
  return readableOn(profile.colours?.primary ?? '#ffffff') === '#ffffff' ? 'dark' : 'light';
}
