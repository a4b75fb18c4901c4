import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { type BlobHash, BlobStore } from '#storage';
import { type SourceProblem, systemActor } from '#kernel';
import type { CampaignDigest } from './campaign-digest.js';
import { CampaignDigests } from './campaign-digests.service.js';
import { compileCanvas } from './compile/canvas-task.js';
import type { CanvasChoice } from './compile/compile-package.js';
import type { CompiledArtworkOnly, CompiledCampaign } from './compile/compiled-campaign.js';
import { compileUpload } from './compile/package-task.js';
import { type OutwardLink, outwardLinks } from './definition/outward-links.js';
import type { CampaignPackage } from './package/campaign-package.js';
import type { PackageChanges } from './package/package-edit.js';
import { writeZip } from './package/package-writer.js';
import { unzipPackage } from './package/unzip-task.js';
import { PublicImages } from './public-images.service.js';

const COMPILER = systemActor('compiler');

/** A compiled campaign with the warnings of the quality gates. */
interface StoredCompilation {
  readonly compiled: CompiledCampaign;
  readonly warnings: readonly SourceProblem[];
}

export type Compilation =
  | {
      readonly ok: true;
      readonly packageHash: BlobHash;
      readonly compiledHash: BlobHash;
      readonly stored: readonly BlobHash[];
    }
  | { readonly ok: false; readonly problems: readonly SourceProblem[] };

/**
 * Result of compiling unsaved changes: all problems, and the campaign if it
 * compiles.
 */
export interface Check {
  readonly problems: readonly SourceProblem[];
  readonly compiled: CompiledCampaign | null;
  /** Null if `campaign.yaml` cannot be read. */
  readonly artwork: CompiledArtworkOnly | null;
  /** Pictures and documents. */
  readonly stored: readonly BlobHash[];
}

/**
 * Compiled campaigns are a few megabytes of JSON each. A process needs only the
 * active ones.
 */
const KEPT_IN_MEMORY = 24;

/**
 * Compiled campaigns in the blob store, by hash. The content of a hash never
 * changes, so it can be cached.
 */
@Injectable()
export class CompiledCampaigns {
  private readonly kept = new LRUCache<BlobHash, StoredCompilation>({
    max: KEPT_IN_MEMORY,
    // Callers get an entry that was evicted while it was loaded.
    ignoreFetchAbort: true,
    fetchMethod: async (hash) => JSON.parse((await this.blobs.get(hash)).toString()) as StoredCompilation,
  });
  /** The compiler's modules are loaded at the first compilation. */
  private hasCompiled = false;

  constructor(
    private readonly blobs: BlobStore,
    private readonly publicImages: PublicImages,
    private readonly digests: CampaignDigests,
  ) {}

  /**
   * Compiles a zip, and stores it if it compiles. Running it again gives the
   * same hashes. The caller records all that was `stored`.
   * @param templateHash of the zip that the campaign was copied from.
   */
  async compile(zip: Buffer, templateHash: BlobHash | null = null): Promise<Compilation> {
    this.hasCompiled = true;
    const result = await compileUpload({ zip, changes: {}, template: await this.templateOf(templateHash) });
    if (!result.ok) return { ok: false, problems: result.problems };
    const stored = await this.store(result.blobs);
    await this.publicImages.add(COMPILER, Object.values(result.compiled.images));
    const compiledHash = await this.putJson({ compiled: result.compiled, warnings: result.warnings });
    await this.digests.save(compiledHash, result.compiled);
    const packageHash = await this.blobs.putRemovable(zip);
    return { ok: true, packageHash, compiledHash, stored: [...stored, compiledHash, packageHash] };
  }

  /**
   * Compiles a stored package with unsaved changes. Stores neither them nor the
   * result, but its pictures and documents, which the caller records.
   * @param uploads blobs of uploaded files, by path.
   */
  async check(
    packageHash: BlobHash,
    changes: PackageChanges,
    {
      uploads = {},
      templateHash = null,
    }: { readonly uploads?: Readonly<Record<string, BlobHash>>; readonly templateHash?: BlobHash | null } = {},
  ): Promise<Check> {
    this.hasCompiled = true;
    const zip = await this.blobs.get(packageHash);
    const files = await this.filesOf(uploads);
    const template = await this.templateOf(templateHash);
    const result = await compileUpload({ zip, changes: { ...changes, ...files }, template });
    const stored = await this.store(result.blobs);
    if (!result.ok) return { problems: result.problems, compiled: null, artwork: result.artwork, stored };
    await this.publicImages.add(COMPILER, Object.values(result.compiled.images));
    return { problems: result.warnings, compiled: result.compiled, artwork: result.compiled, stored };
  }

  /**
   * One e-mail of a stored package with unsaved changes, for the editor.
   * @returns a campaign with this e-mail only, null if it cannot be shown; and
   *   its pictures, which the caller records.
   */
  async canvas(
    packageHash: BlobHash,
    changes: PackageChanges,
    uploads: Readonly<Record<string, BlobHash>>,
    canvas: CanvasChoice,
  ): Promise<Pick<Check, 'compiled' | 'stored'>> {
    const zip = await this.blobs.get(packageHash);
    const files = await this.filesOf(uploads);
    const result = await compileCanvas({ zip, hash: packageHash, changes: { ...changes, ...files }, canvas });
    if (result === null) return { compiled: null, stored: [] };
    const stored = await this.store(result.blobs);
    await this.publicImages.add(COMPILER, Object.values(result.compiled.images));
    return { compiled: result.compiled, stored };
  }

  /**
   * One template of a package that is not stored, and its pictures by hash.
   * @returns null if it cannot be shown.
   */
  async sample(
    pkg: CampaignPackage,
    canvas: CanvasChoice,
  ): Promise<{ readonly compiled: CompiledCampaign; readonly pictures: ReadonlyMap<string, Buffer> } | null> {
    const zip = await writeZip(pkg);
    const hash = createHash('sha256').update(zip).digest('hex');
    const result = await compileCanvas({ zip, hash, changes: {}, canvas });
    if (result === null) return null;
    const hashed = result.blobs.map((bytes) => {
      const picture = Buffer.from(bytes);
      return [createHash('sha256').update(picture).digest('hex'), picture] as const;
    });
    return { compiled: result.compiled, pictures: new Map(hashed) };
  }

  /**
   * Compiles a stored package to load the compiler, if this process has
   * compiled none yet. The first compilation costs ten times as much as later
   * ones.
   */
  async warmUp(packageHash: BlobHash): Promise<void> {
    if (!this.hasCompiled) await this.check(packageHash, {});
  }

  /**
   * Links to addresses outside the product, with their positions in
   * `campaign.yaml`.
   */
  async outwardLinks(packageHash: BlobHash): Promise<readonly OutwardLink[]> {
    const reading = await unzipPackage(await this.blobs.get(packageHash));
    return reading.ok ? outwardLinks(reading.pkg) : [];
  }

  /**
   * @throws Error if there is no such blob. A row that names it proves that it
   *   existed.
   */
  async load(hash: BlobHash): Promise<CompiledCampaign> {
    return (await this.stored(hash)).compiled;
  }

  /** Digests for lists of campaigns. Must not be called in a transaction. */
  digestsOf(hashes: readonly BlobHash[]): Promise<ReadonlyMap<BlobHash, CampaignDigest>> {
    return this.digests.loadOrCreate(hashes, (hash) => this.load(hash));
  }

  async warnings(hash: BlobHash): Promise<readonly SourceProblem[]> {
    return (await this.stored(hash)).warnings;
  }

  private async filesOf(uploads: Readonly<Record<string, BlobHash>>): Promise<Record<string, Buffer>> {
    const files: Record<string, Buffer> = {};
    for (const [path, hash] of Object.entries(uploads)) files[path] = await this.blobs.get(hash);
    return files;
  }

  private async templateOf(hash: BlobHash | null): Promise<Buffer | null> {
    return hash === null ? null : this.blobs.get(hash);
  }

  private stored(hash: BlobHash): Promise<StoredCompilation> {
    return this.kept.forceFetch(hash);
  }

  private async store(blobs: readonly Buffer[]): Promise<BlobHash[]> {
    const hashes: BlobHash[] = [];
    for (const bytes of blobs) hashes.push(await this.blobs.putRemovable(bytes));
    return hashes;
  }

  private putJson(value: StoredCompilation): Promise<BlobHash> {
    return this.blobs.putRemovable(Buffer.from(JSON.stringify(value)));
  }
}
