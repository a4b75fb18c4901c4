import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import {
  editPackage,
  fileNameProblems,
  inspectFile,
  isEditable,
  PACKAGE_LIMITS,
  unzipPackage,
  writeZip,
} from '#content';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type CampaignId, Clock, DomainError, newId, notFound, type SourceProblem, type VendorActor } from '#kernel';
import { BlobStore } from '#storage';
import { CampaignDrafts } from './campaign-drafts.service.js';
import type { CampaignVersion } from './campaign-version.js';
import { CampaignsRepository } from './campaigns.repository.js';
import { changesOf, type DraftFile, type FileChange, type SentChange } from './draft-file.js';
import { requireUnfrozen } from './campaign-purpose.js';
import { DraftFilesRepository } from './draft-files.repository.js';
import { PackageQuota } from './package-quota.service.js';

/** A changed file, as an editor needs it. */
export interface DraftFileDetail extends DraftFile {
  /** It was changed in files that were replaced meanwhile. */
  readonly isStale: boolean;
  /** Its text in those files; null if it was none, or is not stale. */
  readonly before: string | null;
}

/**
 * What authors have written since the newest version was saved. It is stored at
 * each pause in typing, with mistakes too, and any author of the vendor goes on
 * with it. A save or a submission moves it into the version.
 */
@Injectable()
export class DraftFiles {
  constructor(
    private readonly database: Database,
    private readonly campaigns: CampaignsRepository,
    private readonly rows: DraftFilesRepository,
    private readonly drafts: CampaignDrafts,
    private readonly quota: PackageQuota,
    private readonly blobs: BlobStore,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * The changed files, by path.
   * @throws DomainError `campaign.not-found`.
   */
  async list(actor: VendorActor, campaignId: CampaignId): Promise<DraftFileDetail[]> {
    requirePermission(actor, 'campaigns.read');
    const { files, newest } = await this.database.inTransaction(actor, async () => {
      await this.campaigns.campaign(campaignId);
      const [version] = await this.campaigns.versions(campaignId);
      return { files: await this.rows.byCampaign(campaignId), newest: version?.packageHash };
    });
    const packages = new Map<string, ReadonlyMap<string, Buffer>>();
    const details: DraftFileDetail[] = [];
    for (const file of files) {
      const isStale = file.packageHash !== newest;
      const known = packages.get(file.packageHash);
      const files = isStale ? (known ?? (await this.filesOf(file.packageHash))) : null;
      if (files !== null) packages.set(file.packageHash, files);
      const before = isEditable(file.path) ? files?.get(file.path)?.toString('utf8') : undefined;
      details.push({ ...file, isStale, before: before ?? null });
    }
    return details;
  }

  /**
   * Stores changes of texts, all or none.
   * @param basedOn package hash of the newest version.
   * @throws DomainError `draft.stale` if the files were replaced meanwhile;
   *   `draft-file.stale` if another user changed one of these since;
   *   `campaign-version.in-review`; `package.unusable` for a file name.
   */
  async save(
    actor: VendorActor,
    campaignId: CampaignId,
    { basedOn, files }: { readonly basedOn: string; readonly files: readonly SentChange[] },
  ): Promise<DraftFileDetail[]> {
    requirePermission(actor, 'campaigns.edit');
    requireUsable(files.flatMap(({ path, change }) => (change.kind === 'text' ? textProblems(path) : [])));
    await this.database.inTransaction(actor, async () => {
      await this.requireEditable(campaignId, basedOn);
      const stored = await this.rows.byCampaign(campaignId);
      requireFewEnough(new Set([...stored, ...files].map(({ path }) => path)).size);
      requireCurrent(files, stored);
      for (const { path, change } of files) await this.store(actor, campaignId, basedOn, path, change);
    });
    return this.list(actor, campaignId);
  }

  /**
   * Puts an uploaded file into the draft, in place of one of that path. A
   * subprocess reads it. A text can be edited afterwards.
   * @throws DomainError `package.unusable` with `details.problems`;
   *   `package.quota-reached`, `campaign-version.in-review`.
   */
  async upload(actor: VendorActor, campaignId: CampaignId, path: string, bytes: Buffer): Promise<DraftFileDetail[]> {
    requirePermission(actor, 'campaigns.edit');
    await this.database.inTransaction(actor, () => this.campaigns.campaign(campaignId));
    await this.storeUploads(actor, campaignId, new Map([[path, bytes]]));
    return this.list(actor, campaignId);
  }

  /**
   * Puts files into a campaign, all or none: among changes that authors have
   * not saved yet, else as a draft of their own.
   * @returns the draft; null: they are among the changes.
   * @throws DomainError as `upload`, and `package.unusable` if the package does
   *   not compile with them.
   */
  async putAll(
    actor: VendorActor,
    campaignId: CampaignId,
    files: ReadonlyMap<string, Buffer>,
  ): Promise<CampaignVersion | null> {
    requirePermission(actor, 'campaigns.edit');
    const { changed, newest } = await this.changesIn(actor, campaignId);
    if (changed.length > 0) {
      await this.storeUploads(actor, campaignId, files);
      return null;
    }
    if (newest === undefined) throw notFound('campaign', campaignId);
    newest.requireEditable();
    const edited = editPackage({ files: await this.filesOf(newest.packageHash) }, Object.fromEntries(files));
    if (!edited.ok) throw unusable(edited.problems);
    return this.drafts.next(actor, campaignId, await writeZip(edited.pkg), newest.packageHash);
  }

  /** @throws DomainError `file.not-found` if no file was uploaded there. */
  async uploaded(actor: VendorActor, campaignId: CampaignId, path: string): Promise<Buffer> {
    requirePermission(actor, 'campaigns.read');
    const files = await this.database.inTransaction(actor, () => this.rows.byCampaign(campaignId));
    const hash = files.find((file) => file.path === path)?.uploadHash ?? null;
    if (hash === null) throw notFound('file', path);
    return this.blobs.get(hash);
  }

  /** Discards all changes: the files are those of the newest version again. */
  async discard(actor: VendorActor, campaignId: CampaignId): Promise<void> {
    requirePermission(actor, 'campaigns.edit');
    await this.database.inTransaction(actor, async () => {
      await this.campaigns.campaign(campaignId);
      await this.campaigns.lock(campaignId);
      const paths = (await this.rows.byCampaign(campaignId)).map(({ path }) => path);
      if (paths.length === 0) return;
      await this.rows.delete(campaignId, paths);
      await this.audit.record(actor, {
        action: 'draft-file.discarded',
        subject: { kind: 'campaign', id: campaignId },
        details: { paths },
      });
    });
  }

  /** Blobs of the files that were uploaded to this package, by path. */
  async uploads(actor: VendorActor, campaignId: CampaignId, packageHash: string): Promise<Record<string, string>> {
    const files = await this.database.inTransaction(actor, () => this.rows.byCampaign(campaignId));
    return changesOf(files.filter((file) => file.packageHash === packageHash)).uploads;
  }

  /**
   * Moves the changes into the draft, or into the next one after a publication.
   * @returns the version; null without changes.
   * @throws DomainError `draft.unfinished` with every problem;
   *   `draft-file.replaced` if changes belong to files that were replaced.
   */
  async apply(actor: VendorActor, campaignId: CampaignId): Promise<CampaignVersion | null> {
    requirePermission(actor, 'campaigns.edit');
    const { changed: files, newest } = await this.changesIn(actor, campaignId);
    if (files.length === 0 || newest === undefined) return null;
    const replaced = files.find(({ packageHash }) => packageHash !== newest.packageHash);
    if (replaced !== undefined) throw replacedMeanwhile(replaced);
    const { changes, uploads } = changesOf(files);
    const contents: Record<string, string | Buffer | null> = { ...changes };
    for (const [path, hash] of Object.entries(uploads)) contents[path] = await this.blobs.get(hash);
    const edited = editPackage({ files: await this.filesOf(newest.packageHash) }, contents);
    if (!edited.ok) throw unfinished(edited.problems);
    const zip = await writeZip(edited.pkg);
    return this.drafts.next(actor, campaignId, zip, newest.packageHash, files).catch((error: unknown) => {
      throw error instanceof DomainError && error.code === 'package.unusable'
        ? unfinished(error.details['problems'] as readonly SourceProblem[])
        : error;
    });
  }

  /** The changed files, and the version that they are based on. */
  private changesIn(actor: VendorActor, campaignId: CampaignId) {
    return this.database.inTransaction(actor, async () => {
      await this.campaigns.campaign(campaignId);
      const [newest] = await this.campaigns.versions(campaignId);
      return { changed: await this.rows.byCampaign(campaignId), newest };
    });
  }

  /** Checks files in a subprocess, and stores all or none as changes. */
  private async storeUploads(
    actor: VendorActor,
    campaignId: CampaignId,
    files: ReadonlyMap<string, Buffer>,
  ): Promise<void> {
    const uploads: Pick<DraftFile, 'path' | 'text' | 'uploadHash' | 'bytes'>[] = [];
    for (const [path, bytes] of files) {
      requireUsable(fileNameProblems(path));
      if (bytes.length > PACKAGE_LIMITS.fileBytes) throw tooLarge(path);
      requireUsable(await inspectFile({ path, bytes }));
      const isText = isEditable(path);
      const text = isText ? bytes.toString('utf8') : null;
      const uploadHash = isText ? null : await this.quota.storeUpload(actor, bytes);
      uploads.push({ path, text, uploadHash, bytes: bytes.length });
    }
    await this.database.inTransaction(actor, async () => {
      const { packageHash } = await this.requireEditable(campaignId, null);
      const stored = await this.rows.byCampaign(campaignId);
      requireFewEnough(new Set([...stored.map(({ path }) => path), ...files.keys()]).size);
      for (const upload of uploads) {
        await this.rows.save({
          campaignId,
          vendorId: actor.vendorId,
          packageHash,
          ...upload,
          ...this.savedBy(actor),
        });
        await this.audit.record(actor, {
          action: 'draft-file.uploaded',
          subject: { kind: 'campaign', id: campaignId },
          details: { path: upload.path, bytes: upload.bytes },
        });
      }
    });
  }

  /** @throws DomainError of the stored package, which was accepted once. */
  private async filesOf(packageHash: string): Promise<ReadonlyMap<string, Buffer>> {
    const reading = await unzipPackage(await this.blobs.get(packageHash));
    if (!reading.ok) throw unfinished(reading.problems);
    return reading.pkg.files;
  }

  /** The newest version, locked against another one. */
  private async requireEditable(campaignId: CampaignId, basedOn: string | null): Promise<CampaignVersion> {
    await this.campaigns.lock(campaignId);
    requireUnfrozen(await this.campaigns.campaign(campaignId));
    const [newest] = await this.campaigns.versions(campaignId);
    if (newest === undefined) throw notFound('campaign', campaignId);
    newest.requireEditable();
    if (basedOn !== null && basedOn !== newest.packageHash) throw staleDraft(newest);
    return newest;
  }

  private async store(
    actor: VendorActor,
    campaignId: CampaignId,
    packageHash: string,
    path: string,
    change: FileChange,
  ): Promise<void> {
    if (change.kind === 'unchanged') return this.rows.delete(campaignId, [path]);
    const text = change.kind === 'text' ? change.text : null;
    const bytes = Buffer.byteLength(text ?? '');
    const { vendorId } = actor;
    return this.rows.save({
      campaignId,
      vendorId,
      path,
      packageHash,
      text,
      uploadHash: null,
      bytes,
      ...this.savedBy(actor),
    });
  }

  private savedBy({ userId, name }: VendorActor) {
    return { revision: newId(), savedAt: this.clock.now(), savedByUserId: userId, savedByName: name };
  }
}

/** A refusal of changes to files that another user has replaced. */
export function staleDraft({ savedByName, savedAt }: Pick<CampaignVersion, 'savedByName' | 'savedAt'>): DomainError {
  return new DomainError(
    'draft.stale',
    `${savedByName} saved other files after you opened these. Open the newest version: your changes stay and are offered there.`,
    { by: savedByName, at: savedAt.toISOString() },
    { kind: 'stale' },
  );
}

const textProblems = (path: string): SourceProblem[] => {
  const named = fileNameProblems(path);
  if (named.length > 0 || isEditable(path)) return named;
  const edited = editPackage({ files: new Map([['campaign.yaml', Buffer.alloc(0)]]) }, { [path]: '' });
  return edited.ok ? [] : [...edited.problems];
};

function requireUsable(problems: readonly SourceProblem[]): void {
  if (problems.length > 0) throw unusable(problems);
}

const unusable = (problems: readonly SourceProblem[]): DomainError =>
  new DomainError('package.unusable', 'A package cannot have this file. Correct what is listed.', {
    field: 'files',
    problems,
  });

function requireFewEnough(count: number): void {
  if (count <= PACKAGE_LIMITS.files) return;
  throw new DomainError(
    'draft-file.too-many',
    `A draft has at most ${PACKAGE_LIMITS.files} changed files. Save the draft first.`,
    { field: 'files', most: PACKAGE_LIMITS.files },
  );
}

/** @throws DomainError `draft-file.stale` with the other user. */
function requireCurrent(sent: readonly SentChange[], stored: readonly DraftFile[]): void {
  for (const { path, revision } of sent) {
    const file = stored.find((one) => one.path === path);
    if ((file?.revision ?? null) === revision) continue;
    const by = file?.savedByName ?? null;
    throw new DomainError(
      'draft-file.stale',
      `${by ?? 'Another user'} changed ${path} after you opened it. Read the changed files again, and merge both.`,
      { field: 'files', path, by, at: file?.savedAt.toISOString() ?? null },
      { kind: 'stale' },
    );
  }
}

function replacedMeanwhile({ savedByName, path }: DraftFile): DomainError {
  return new DomainError(
    'draft-file.replaced',
    `Changes by ${savedByName} to ${path} belong to files that were replaced since. Open the editor, and merge or discard them.`,
    { by: savedByName, path },
    { kind: 'conflict' },
  );
}

function unfinished(problems: readonly SourceProblem[]): DomainError {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return new DomainError(
    'draft.unfinished',
    `The draft has ${errors === 1 ? 'one mistake' : `${errors} mistakes`}. Your changes are stored. Correct what is listed first.`,
    { count: errors, problems },
  );
}

function tooLarge(path: string): DomainError {
  const most = PACKAGE_LIMITS.fileBytes / 1_000_000;
  return new DomainError(
    'draft-file.too-large',
    `${path} has more than ${most} MB. Make it smaller and upload it again.`,
    { field: 'file', most },
    { kind: 'too-large' },
  );
}
