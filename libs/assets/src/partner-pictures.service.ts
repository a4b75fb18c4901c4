import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type CropShares, cutPicture, openLibraryFile } from '#artwork';
import { AuditLog } from '#audit';
import { type Config, CONFIG } from '#config';
import { PublicImages } from '#content';
import { Database } from '#database';
import { requirePermission } from '#identity';
import {
  Clock,
  DomainError,
  type Id,
  newId,
  notFound,
  type PartnerActor,
  type SystemActor,
  systemActor,
} from '#kernel';
import { BlobStore } from '#storage';
import { MAX_ASSET_BYTES, refusedFile, tooLargeFile } from './asset-files.service.js';
import { requireInside } from './assets.service.js';
import { formatFor } from './picture-name.js';

export type PartnerPictureId = Id<'partner-picture'>;

/** A picture that a partner uploaded. */
export interface PartnerPicture {
  readonly id: PartnerPictureId;
  readonly name: string;
  readonly hash: string;
  readonly mediaType: string;
  readonly hasAlpha: boolean;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly previewHash: string;
  readonly addedAt: Date;
  readonly addedBy: string;
}

/** A part of such a picture, as e-mails and pages show it. */
export interface PictureCut {
  /** By its content: `<SHA-256>.jpg`. */
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

const MB = 1_000_000;
/** Twice the width of an e-mail, and enough for the widest picture of a page. */
const MAX_CUT_WIDTH = 1_600;
/** Most pictures in a list: the newest. */
const LISTED = 200;
const COLUMNS = 'id, name, hash, media_type, has_alpha, bytes, width, height, preview_hash, added_at, added_by';

/** A partner's own pictures, for campaigns whose vendor lets it show them. */
@Injectable()
export class PartnerPictures {
  constructor(
    private readonly database: Database,
    private readonly blobs: BlobStore,
    private readonly publicImages: PublicImages,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PICTURE_QUOTA_MB'>,
  ) {}

  /** The newest 200. */
  async list(actor: PartnerActor): Promise<PartnerPicture[]> {
    requirePermission(actor, 'offers.read');
    return this.database.inTransaction(actor, () =>
      this.database.query<PartnerPicture>(
        `SELECT ${COLUMNS} FROM assets.partner_picture
         WHERE partner_id = $1 AND deleted_at IS NULL ORDER BY id DESC LIMIT $2`,
        [actor.partnerId, LISTED],
      ),
    );
  }

  /**
   * Opens an upload in a subprocess, and stores it.
   * @throws DomainError `asset.too-large`, `picture.quota-reached`, `picture.type`
   *   for a file that is no picture, or the refusal of the reader: `asset.broken`, ….
   */
  async upload(actor: PartnerActor, name: string, bytes: Buffer): Promise<PartnerPicture> {
    requirePermission(actor, 'activations.launch');
    if (bytes.length > MAX_ASSET_BYTES) throw tooLargeFile(name);
    // Before the work; the check that counts is the one with the row.
    await this.requireRoom(actor, bytes.length);
    const read = await openLibraryFile(bytes);
    if (!read.ok) throw refusedFile(name, read.problem);
    const { mediaType, size, preview, hasAlpha } = read.file;
    if (size === null || preview === null) throw noPicture(name);
    const picture: PartnerPicture = {
      id: newId(),
      name,
      hash: await this.blobs.put(bytes),
      mediaType,
      hasAlpha,
      bytes: bytes.length,
      ...size,
      previewHash: await this.blobs.put(preview),
      addedAt: this.clock.now(),
      addedBy: actor.name,
    };
    await this.database.inTransaction(actor, async () => {
      await this.lockRoom(actor, bytes.length);
      await this.insert(actor, picture);
      await this.audit.record(actor, {
        action: 'picture.uploaded',
        subject: { kind: 'picture', id: picture.id },
        details: { file: name, bytes: bytes.length },
      });
    });
    return picture;
  }

  /**
   * Makes a part of a picture public, for e-mails and pages.
   * @param crop null: the whole.
   * @throws DomainError `picture.not-found`, `asset.crop-outside`,
   *   `picture.quota-reached`.
   */
  async cut(actor: PartnerActor, id: PartnerPictureId, crop: CropShares | null): Promise<PictureCut> {
    requirePermission(actor, 'activations.launch');
    requireInside(crop);
    const picture = await this.get(actor, id);
    const format = formatFor({ mediaType: picture.mediaType, facts: { hasAlpha: picture.hasAlpha } });
    const source = { bytes: await this.blobs.get(picture.hash), crop, maxWidth: MAX_CUT_WIDTH, format };
    const { bytes, width, height } = await cutPicture(source);
    const mediaType = format === 'jpg' ? ('image/jpeg' as const) : ('image/png' as const);
    const hash = createHash('sha256').update(bytes).digest('hex');
    await this.blobs.put(bytes);
    await this.database.inTransaction(actor, async () => {
      await this.lockRoom(actor, bytes.length);
      await this.database.query(
        `INSERT INTO assets.partner_picture_cut (partner_id, hash, picture_id, media_type, crop, width, height, bytes, cut_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
        [
          actor.partnerId,
          hash,
          id,
          mediaType,
          crop === null ? null : JSON.stringify(crop),
          width,
          height,
          bytes.length,
          this.clock.now(),
        ],
      );
    });
    await this.publicImages.add(systemActor('public-images'), [{ hash, mediaType }]);
    return { name: `${hash}.${format}`, width, height };
  }

  /** The partner's cuts among these names; others are left out. */
  async cutsOf(
    actor: PartnerActor | (SystemActor & Pick<PartnerActor, 'partnerId'>),
    names: readonly string[],
  ): Promise<ReadonlyMap<string, PictureCut>> {
    if (names.length === 0) return new Map();
    const hashes = names.map((name) => name.slice(0, name.indexOf('.')));
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<PictureCut>(
        `SELECT hash || CASE media_type WHEN 'image/jpeg' THEN '.jpg' ELSE '.png' END AS name, width, height
         FROM assets.partner_picture_cut WHERE partner_id = $1 AND hash = ANY ($2)`,
        [actor.partnerId, hashes],
      ),
    );
    return new Map(rows.map((row) => [row.name, row]));
  }

  /** @throws DomainError `picture.not-found`. */
  async previewOf(actor: PartnerActor, id: PartnerPictureId): Promise<Buffer> {
    requirePermission(actor, 'offers.read');
    return this.blobs.get((await this.get(actor, id)).previewHash);
  }

  /**
   * Takes a picture out of the list. What campaigns show of it stays.
   * @throws DomainError `picture.not-found`.
   */
  async delete(actor: PartnerActor, id: PartnerPictureId): Promise<void> {
    requirePermission(actor, 'activations.launch');
    const { name } = await this.get(actor, id);
    await this.database.inTransaction(actor, async () => {
      await this.database.query(
        'UPDATE assets.partner_picture SET deleted_at = $3 WHERE id = $1 AND partner_id = $2 AND deleted_at IS NULL',
        [id, actor.partnerId, this.clock.now()],
      );
      const subject = { kind: 'picture', id };
      await this.audit.record(actor, { action: 'picture.deleted', subject, details: { file: name } });
    });
  }

  private async get(actor: PartnerActor, id: PartnerPictureId): Promise<PartnerPicture> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<PartnerPicture>(
        `SELECT ${COLUMNS} FROM assets.partner_picture WHERE id = $1 AND partner_id = $2 AND deleted_at IS NULL`,
        [id, actor.partnerId],
      ),
    );
    if (found === undefined) throw notFound('picture', id);
    return found;
  }

  private async insert(actor: PartnerActor, picture: PartnerPicture): Promise<void> {
    const { id, name, hash, mediaType, hasAlpha, bytes, width, height, previewHash, addedAt, addedBy } = picture;
    await this.database.query(
      `INSERT INTO assets.partner_picture (partner_id, ${COLUMNS})
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [actor.partnerId, id, name, hash, mediaType, hasAlpha, bytes, width, height, previewHash, addedAt, addedBy],
    );
  }

  /**
   * In the open transaction that stores the bytes: uploads at the same time are
   * counted one after the other.
   * @throws DomainError `picture.quota-reached`.
   */
  private async lockRoom(actor: PartnerActor, bytes: number): Promise<void> {
    await this.database.lock(`pictures of ${actor.partnerId}`);
    await this.requireRoom(actor, bytes);
  }

  /** @throws DomainError `picture.quota-reached`. */
  private async requireRoom(actor: PartnerActor, bytes: number): Promise<void> {
    const [{ stored } = { stored: '0' }] = await this.database.inTransaction(actor, () =>
      this.database.query<{ stored: string }>(
        `SELECT (SELECT coalesce(sum(bytes), 0) FROM assets.partner_picture WHERE partner_id = $1)
           + (SELECT coalesce(sum(bytes), 0) FROM assets.partner_picture_cut WHERE partner_id = $1) AS stored`,
        [actor.partnerId],
      ),
    );
    const most = this.config.PICTURE_QUOTA_MB;
    if (Number(stored) + bytes <= most * MB) return;
    throw new DomainError(
      'picture.quota-reached',
      `Your pictures have ${Math.round(Number(stored) / MB)} MB with deleted ones and all cuts. The limit of this installation is ${most} MB. Upload a smaller picture, or ask its operator for more (PICTURE_QUOTA_MB).`,
      { field: 'file', most },
      { kind: 'conflict' },
    );
  }
}

const noPicture = (name: string): DomainError =>
  new DomainError('picture.type', `${name} is not a picture. Upload a JPEG, PNG, WebP or SVG.`, {
    field: 'file',
    name,
  });
