import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Clock, DomainError, newId, notFound, type VendorActor } from '#kernel';
import { BlobStore } from '#storage';
import {
  type Asset,
  type AssetContent,
  type AssetDetails,
  type AssetId,
  type AssetKind,
  dayOf,
  distinctTags,
  folderOf,
  lastNoticeDay,
} from './asset.js';
import { AssetFiles } from './asset-files.service.js';
import { type AssetFilter, AssetsRepository } from './assets.repository.js';
import { requirePoster } from './poster.js';

export interface NewAsset {
  readonly kind: AssetKind;
  readonly title: string;
  readonly folder: string;
  readonly tags: readonly string[];
  readonly content: AssetContent;
}

export interface UploadedAsset {
  /** Of the file. */
  readonly name: string;
  readonly folder: string;
  /** The vendor calls a picture a logo. */
  readonly isLogo: boolean;
  readonly bytes: Buffer;
}

/** A vendor's library: what its campaigns and partners use again and again. */
@Injectable()
export class Assets {
  constructor(
    private readonly database: Database,
    private readonly rows: AssetsRepository,
    private readonly files: AssetFiles,
    private readonly blobs: BlobStore,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * A page of the library, newest first, without the markup of blocks and the
   * text of captions.
   * @param after id of the last asset of the page before; null: the first page.
   */
  async list(actor: VendorActor, filter: AssetFilter, limit: number, after: string | null) {
    requirePermission(actor, 'assets.read');
    return this.database.inTransaction(actor, async () => {
      const today = dayOf(this.clock.now());
      const days = { today, notice: lastNoticeDay(today) };
      const items = await this.rows.page(filter, days, limit + 1, after);
      const more = items.length > limit ? items[limit - 1] : undefined;
      return { items: items.slice(0, limit), nextCursor: more?.id ?? null, ...(await this.rows.names()) };
    });
  }

  /** @throws DomainError `asset.not-found`. */
  async get(actor: VendorActor, id: AssetId): Promise<Asset> {
    requirePermission(actor, 'assets.read');
    return this.database.inTransaction(actor, () => this.rows.get(id));
  }

  /**
   * Adds a file to the library.
   * @throws DomainError `asset.…` as `AssetFiles.read`.
   */
  async upload(actor: VendorActor, { name, folder, isLogo, bytes }: UploadedAsset): Promise<Asset> {
    requirePermission(actor, 'assets.edit');
    const { kind, file } = await this.files.read(actor, { name, bytes, number: 1 });
    const isPictureOfLogo = isLogo && kind === 'picture';
    const content = {
      kind: isPictureOfLogo ? ('logo' as const) : kind,
      title: titleOf(name),
      folder,
      tags: [],
      content: {},
    };
    return this.database.inTransaction(actor, async () => {
      const id = await this.insert(actor, content);
      await this.rows.addFile({ id, vendorId: actor.vendorId }, file);
      await this.record(actor, 'asset.uploaded', id, { title: content.title, file: file.name, bytes: file.bytes });
      return this.rows.get(id);
    });
  }

  /**
   * Adds an asset without a file.
   * @throws DomainError as `requirePoster`.
   */
  async create(actor: VendorActor, input: NewAsset): Promise<Asset> {
    requirePermission(actor, 'assets.edit');
    return this.database.inTransaction(actor, async () => {
      await this.requirePoster(input);
      const id = await this.insert(actor, input);
      await this.record(actor, 'asset.created', id, { title: input.title, kind: input.kind });
      return this.rows.get(id);
    });
  }

  /**
   * Replaces what the vendor describes.
   * @param basedOn the version that was edited; null: replace any.
   * @throws DomainError `asset.not-found`, `asset.stale`, `asset.crop-outside`;
   *   for another poster as `requirePoster`.
   */
  async change(actor: VendorActor, id: AssetId, basedOn: number | null, details: AssetDetails): Promise<Asset> {
    requirePermission(actor, 'assets.edit');
    requireInside(details.crop);
    return this.inTurn(actor, id, basedOn, async () => {
      const before = await this.rows.get(id);
      // One that expired since does not hold up other changes.
      if (details.content.poster !== before.content.poster) await this.requirePoster({ ...details, kind: before.kind });
      const cleaned = { ...details, folder: folderOf(details.folder), tags: distinctTags(details.tags) };
      await this.rows.saveDetails(id, cleaned);
      await this.record(actor, 'asset.changed', id, { title: details.title });
    });
  }

  /**
   * Uses another file from now on. Copies in campaigns stay as they are. A cut
   * that was chosen in a picture of another shape is removed.
   * @throws DomainError `asset.not-found`, `asset.kind-differs`, and as `upload`.
   */
  async replaceFile(actor: VendorActor, id: AssetId, name: string, bytes: Buffer): Promise<Asset> {
    requirePermission(actor, 'assets.edit');
    const before = await this.get(actor, id);
    if (before.file === null) throw withoutFile(before);
    const { kind, file } = await this.files.read(actor, { name, bytes, number: before.file.number + 1 });
    if (kind !== (before.kind === 'logo' ? 'picture' : before.kind)) throw otherKind(before, kind);
    return this.inTurn(actor, id, null, async () => {
      const now = await this.rows.get(id);
      const number = (now.file?.number ?? 0) + 1;
      await this.rows.addFile(now, { ...file, number });
      if (!hasSameShape(before.file, file)) await this.rows.saveDetails(id, { ...now, crop: null, focal: null });
      await this.record(actor, 'asset.file-replaced', id, { title: now.title, file: file.name, number });
    });
  }

  /**
   * Takes an asset out of the library. Copies in campaigns stay.
   * @throws DomainError `asset.not-found`, `asset.shared` while partners use it.
   */
  async delete(actor: VendorActor, id: AssetId): Promise<void> {
    requirePermission(actor, 'assets.edit');
    await this.database.inTransaction(actor, async () => {
      await this.rows.lock(id);
      const asset = await this.rows.get(id);
      if (asset.share !== null && asset.withdrawn === null && asset.share.closesOn >= dayOf(this.clock.now()))
        throw new DomainError(
          'asset.shared',
          `"${asset.title}" is shared with partners. Withdraw it with a reason first, then delete it.`,
          {},
          { kind: 'conflict' },
        );
      await this.rows.saveDeletion(id, this.clock.now());
      await this.record(actor, 'asset.deleted', id, { title: asset.title });
    });
  }

  /** The file in use. @throws DomainError `asset.not-found`, `file.not-found`. */
  async fileOf(actor: VendorActor, id: AssetId) {
    const { file } = await this.get(actor, id);
    if (file === null) throw notFound('file', id);
    return { file, bytes: await this.blobs.get(file.hash) };
  }

  /** The small picture of the file in use. @throws DomainError `file.not-found`. */
  async previewOf(actor: VendorActor, id: AssetId): Promise<Buffer> {
    const { file } = await this.get(actor, id);
    if (file?.previewHash == null) throw notFound('file', id);
    return this.blobs.get(file.previewHash);
  }

  /**
   * Videos of which a picture is the poster.
   * @throws DomainError `asset.not-found`.
   */
  async videosWithPoster(actor: VendorActor, id: AssetId): Promise<Pick<Asset, 'id' | 'title'>[]> {
    requirePermission(actor, 'assets.read');
    return this.database.inTransaction(actor, async () => {
      await this.rows.get(id);
      return this.rows.videosWithPoster(id);
    });
  }

  /** Downloads by partner. A partner's downloads tell nothing about its contacts. */
  async downloads(actor: VendorActor, id: AssetId) {
    requirePermission(actor, 'assets.read');
    return this.database.inTransaction(actor, async () => {
      await this.rows.get(id);
      return this.rows.downloadsOf(id);
    });
  }

  /** Row-level security hides pictures of other vendors. */
  private async requirePoster({ kind, content: { poster } }: Pick<Asset, 'kind' | 'content'>): Promise<void> {
    if (poster === undefined) return;
    requirePoster(kind, await this.rows.find(poster as AssetId), dayOf(this.clock.now()));
  }

  /** Changes a locked asset, if its version is the one that was seen. */
  private async inTurn(
    actor: VendorActor,
    id: AssetId,
    basedOn: number | null,
    work: () => Promise<void>,
  ): Promise<Asset> {
    return this.database.inTransaction(actor, async () => {
      await this.rows.lock(id);
      const { version } = await this.rows.get(id);
      if (basedOn !== null && basedOn !== version) throw stale(version);
      await work();
      await this.rows.touch(id, this.clock.now(), actor.name);
      return this.rows.get(id);
    });
  }

  private async insert(actor: VendorActor, { kind, title, folder, tags, content }: NewAsset): Promise<AssetId> {
    const id = newId<AssetId>();
    await this.rows.insert({
      id,
      vendorId: actor.vendorId,
      kind,
      title,
      folder: folderOf(folder),
      tags: distinctTags(tags),
      content,
      alt: {},
      focal: null,
      crop: null,
      branding: null,
      reviewOn: null,
      expiresOn: null,
      file: null,
      poster: null,
      version: 1,
      share: null,
      withdrawn: null,
      downloads: 0,
      updatedAt: this.clock.now(),
      updatedBy: actor.name,
    });
    return id;
  }

  private record(actor: VendorActor, action: `asset.${string}`, id: AssetId, details: Record<string, unknown>) {
    return this.audit.record(actor, { action, subject: { kind: 'asset', id }, details });
  }
}

/** "Our Hero.JPG" as "Our Hero". */
function titleOf(name: string): string {
  const stem = name.replace(/\.[^.]{1,5}$/, '').trim();
  return (stem === '' ? name : stem).slice(0, 120);
}

const hasSameShape = (
  one: Pick<NonNullable<Asset['file']>, 'width' | 'height'> | null,
  other: Pick<NonNullable<Asset['file']>, 'width' | 'height'>,
): boolean => {
  const shapeOf = (file: typeof one): number => (file?.width ?? 1) / (file?.height ?? 1);
  return Math.abs(shapeOf(one) / shapeOf(other) - 1) < 0.01;
};

/** @throws DomainError `asset.crop-outside`. */
export function requireInside(crop: AssetDetails['crop']): void {
  // Shares that were calculated from pixels exceed 1 by a rounding.
  if (crop === null || (crop.x + crop.width <= 1.001 && crop.y + crop.height <= 1.001)) return;
  throw new DomainError('asset.crop-outside', 'The cut is not within the picture. Choose it again.', { field: 'crop' });
}

const stale = (version: number): DomainError =>
  new DomainError(
    'asset.stale',
    'Another user changed the asset meanwhile. Reload it and repeat your change.',
    { version },
    { kind: 'stale' },
  );

const withoutFile = ({ title }: Asset): DomainError =>
  new DomainError('asset.without-file', `"${title}" has no file. Edit its text instead.`, { field: 'file' });

const otherKind = ({ title, kind }: Asset, given: string): DomainError =>
  new DomainError(
    'asset.kind-differs',
    `"${title}" is a ${kind}, the new file is a ${given}. Upload it as a new asset instead.`,
    { field: 'file', kind, given },
  );
