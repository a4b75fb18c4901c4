import { Injectable } from '@nestjs/common';
import { type LogoBox, fitLogo, plateLogo } from '#artwork';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { Clock, DomainError, type LogoId, newId, type VendorActor, type VendorId, type VendorProcess } from '#kernel';
import type { MailLook } from '#rendering';
import { BlobStore } from '#storage';
import { type BrandKit, kitColours, type KitLogo, MAIL_LOGO, mailLookOf } from './brand-kit.js';
import { type Hex, parseHex } from './contrast.js';
import { type KitDesign, NO_DESIGN } from './kit-design.js';
import { KitLogoSchema } from './kit-logo.schema.js';
import type { LogoReading, OwnSurface } from './logo.js';
import { LogoUploads } from './logo-uploads.service.js';

type KitAction = 'brand-kit.changed' | 'brand-kit.logo-uploaded' | 'brand-kit.logo-removed';

interface Row {
  readonly version: number;
  readonly primaryColour: Hex | null;
  readonly logoId: LogoId | null;
  /** Empty before it was chosen. */
  readonly design: Partial<KitDesign>;
}
const NOTHING: Row = { version: 0, primaryColour: null, logoId: null, design: {} };

/** A vendor's brand kit: logo, colours, fonts, button style, blocks and legal texts. */
@Injectable()
export class BrandKits {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly uploads: LogoUploads,
    private readonly blobs: BlobStore,
  ) {}

  async get(actor: VendorActor): Promise<BrandKit> {
    return this.database.inTransaction(actor, async () => this.shown(actor, await this.row(actor.vendorId)));
  }

  /**
   * Chooses the primary colour; null goes back to the product's.
   * @param design undefined: it stays.
   * @param basedOn the version that the editor saw; null: replace any.
   * @throws DomainError `brand-kit.colour-invalid`, `brand-kit.stale`.
   */
  async edit(
    actor: VendorActor | VendorProcess,
    basedOn: number | null,
    primary: string | null,
    design?: KitDesign,
  ): Promise<BrandKit> {
    const primaryColour = primary === null ? null : colourIn(primary);
    return this.change(actor, basedOn, (before) => ({ ...before, primaryColour, design: design ?? before.design }), {
      action: 'brand-kit.changed',
      details: { primary: primaryColour },
    });
  }

  /**
   * Reads an upload in the renderer, and sets it with its variants. Its first
   * colour becomes the primary one if none was chosen.
   * @throws DomainError as `LogoUploads.read`; the kit is unchanged then.
   */
  async replaceLogo(actor: VendorActor, bytes: Buffer): Promise<BrandKit> {
    return this.useLogo(actor, await this.uploads.read(actor, actor.vendorId, bytes));
  }

  /** Sets a logo that was read, as `replaceLogo`. */
  async useLogo(actor: VendorActor | VendorProcess, reading: LogoReading): Promise<BrandKit> {
    const { png, width, height } = await plateLogo(await this.blobs.get(reading.variants.light), MAIL_LOGO);
    const logo: KitLogo = {
      ...reading,
      id: newId(),
      vendorId: actor.vendorId,
      mailImage: { hash: await this.blobs.put(png), width, height },
      createdAt: this.clock.now(),
    };
    return this.database.inTransaction(actor, async () => {
      await this.database.manager.getRepository(KitLogoSchema).insert(logo);
      return this.change(
        actor,
        null,
        ({ primaryColour, design }) => ({
          primaryColour: primaryColour ?? logo.palette[0] ?? null,
          logoId: logo.id,
          design,
        }),
        { action: 'brand-kit.logo-uploaded', details: { logoId: logo.id } },
      );
    });
  }

  /** Mails show the vendor's name again. Does nothing without a logo. */
  async removeLogo(actor: VendorActor): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      if ((await this.lock(actor.vendorId)).logoId === null) return;
      await this.change(actor, null, (before) => ({ ...before, logoId: null }), {
        action: 'brand-kit.logo-removed',
        details: {},
      });
    });
  }

  /**
   * Draws the logo for a background in a size that a request names. It is not
   * stored.
   * @returns a PNG of twice the size.
   * @throws DomainError `logo.missing`.
   */
  async drawLogo(actor: VendorActor, surface: OwnSurface, box: LogoBox): Promise<Buffer> {
    const { logo } = await this.get(actor);
    if (logo === null)
      throw new DomainError('logo.missing', 'The brand has no logo yet. Upload one.', {}, { kind: 'not-found' });
    return fitLogo(await this.blobs.get(logo.variants[surface]), box);
  }

  /**
   * What mails in the vendor's name look like, and the picture of the logo.
   * @param trial a colour instead of the chosen one; null: the chosen one.
   * @throws DomainError `brand-kit.colour-invalid`.
   */
  async mailLook(
    actor: VendorActor,
    trial: string | null,
  ): Promise<{ readonly look: MailLook | null; readonly logo: Buffer | null }> {
    const { colours, logo } = await this.get(actor);
    const primary = trial === null ? (colours?.primary ?? null) : colourIn(trial);
    const image = logo?.mailImage ?? null;
    return { look: mailLookOf(primary, image), logo: image === null ? null : await this.blobs.get(image.hash) };
  }

  private async change(
    actor: VendorActor | VendorProcess,
    basedOn: number | null,
    changed: (before: Row) => Omit<Row, 'version'>,
    { action, details }: { readonly action: KitAction; readonly details: Readonly<Record<string, unknown>> },
  ): Promise<BrandKit> {
    const { vendorId } = actor;
    return this.database.inTransaction(actor, async () => {
      const before = await this.lock(vendorId);
      if (basedOn !== null && basedOn !== before.version) throw stale(before.version);
      const { primaryColour, logoId, design } = changed(before);
      const after = { version: before.version + 1, primaryColour, logoId, design };
      await this.database.query(
        `INSERT INTO brand.brand_kit (vendor_id, version, primary_colour, logo_id, updated_by, updated_at, design)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (vendor_id) DO UPDATE SET version = $2, primary_colour = $3,
           logo_id = $4, updated_by = $5, updated_at = $6, design = $7`,
        [vendorId, after.version, primaryColour, logoId, actor.name, this.clock.now(), JSON.stringify(design)],
      );
      await this.audit.record(actor, { action, subject: { kind: 'brand-kit', id: vendorId }, details });
      return this.shown(actor, after);
    });
  }

  /** Two editors take turns until the open transaction ends. */
  private async lock(vendorId: VendorId): Promise<Row> {
    await this.database.query(`SELECT pg_advisory_xact_lock(hashtextextended('brand-kit ' || $1, 0))`, [vendorId]);
    return this.row(vendorId);
  }

  private async row(vendorId: VendorId): Promise<Row> {
    const [row] = await this.database.query<Row>(
      'SELECT version, primary_colour, logo_id, design FROM brand.brand_kit WHERE vendor_id = $1',
      [vendorId],
    );
    return row ?? NOTHING;
  }

  private async shown(
    { vendorId }: { readonly vendorId: VendorId },
    { version, primaryColour, logoId, design }: Row,
  ): Promise<BrandKit> {
    const logos = this.database.manager.getRepository(KitLogoSchema);
    return {
      vendorId,
      version,
      colours: primaryColour === null ? null : kitColours(primaryColour),
      logo: logoId === null ? null : await logos.findOneByOrFail({ id: logoId, vendorId }),
      design: { ...NO_DESIGN, ...design },
    };
  }
}

function colourIn(written: string): Hex {
  const colour = parseHex(written);
  if (colour !== null) return colour;
  throw new DomainError(
    'brand-kit.colour-invalid',
    'The primary colour is no colour. Write it as #rrggbb, such as #0f766e, or null for the standard colour.',
    { field: 'colours.primary' },
  );
}

const stale = (version: number): DomainError =>
  new DomainError(
    'brand-kit.stale',
    'Another user changed the brand meanwhile. Reload it and repeat your change.',
    { version },
    { kind: 'stale' },
  );
