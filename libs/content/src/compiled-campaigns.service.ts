import { Injectable } from '@nestjs/common';
import { type BlobHash, BlobStore } from '#storage';
import { type SourceProblem, systemActor } from '#kernel';
import type { CampaignDigest } from './campaign-digest.js';
import { CampaignDigests } from './campaign-digests.service.js';
import { compilePackage } from './compile/compile-package.js';
import type { CompiledCampaign } from './compile/compiled-campaign.js';
import { type OutwardLink, outwardLinks } from './definition/outward-links.js';
import { editPackage, type PackageChanges } from './package/package-edit.js';
import { readPackage } from './package/package-reader.js';
import { PublicImages } from './public-images.service.js';

const COMPILER = systemActor('compiler');

/** What was compiled, beside what the quality gates advise. */
interface StoredCompilation {
  readonly compiled: CompiledCampaign;
  readonly warnings: readonly SourceProblem[];
}

export type Compilation = { readonly compiledHash: BlobHash } | { readonly problemsHash: BlobHash };

/** What somebody is writing, compiled: all that is to be said about it, and the campaign where it is one. */
export interface Check {
  readonly problems: readonly SourceProblem[];
  readonly compiled: CompiledCampaign | null;
}

/** Compiled campaigns are a few megabytes of JSON each; a process needs the ones that run today. */
const KEPT_IN_MEMORY = 24;

/** Compiled campaigns in the blob store, by hash: what is under a hash never changes, so it can be kept in memory. */
@Injectable()
export class CompiledCampaigns {
  private readonly kept = new Map<BlobHash, Promise<StoredCompilation>>();
  /** Until then nothing of the compiler has been read from the disk. */
  private hasCompiled = false;

  constructor(
    private readonly blobs: BlobStore,
    private readonly publicImages: PublicImages,
    private readonly digests: CampaignDigests,
  ) {}

  /** Compiles a zip that was put into the blob store. Running it again gives the same hashes. */
  async compile(packageHash: BlobHash): Promise<Compilation> {
    this.hasCompiled = true;
    const reading = await readPackage({ zip: await this.blobs.get(packageHash) });
    if (!reading.ok) return { problemsHash: await this.putJson(reading.problems) };
    const result = await compilePackage(reading.pkg, (bytes) => this.blobs.put(bytes));
    if (!result.ok) return { problemsHash: await this.putJson(result.problems) };
    await this.publicImages.add(COMPILER, Object.values(result.compiled.images));
    const stored: StoredCompilation = { compiled: result.compiled, warnings: result.warnings };
    const compiledHash = await this.putJson(stored);
    await this.digests.save(compiledHash, result.compiled);
    return { compiledHash };
  }

  /** Compiles a kept package with changes that nobody has saved; neither they nor the result are kept. */
  async check(packageHash: BlobHash, changes: PackageChanges): Promise<Check> {
    this.hasCompiled = true;
    const reading = await readPackage({ zip: await this.blobs.get(packageHash) });
    const edited = reading.ok ? editPackage(reading.pkg, changes) : reading;
    if (!edited.ok) return { problems: edited.problems, compiled: null };
    const result = await compilePackage(edited.pkg, (bytes) => this.blobs.put(bytes));
    if (!result.ok) return { problems: result.problems, compiled: null };
    await this.publicImages.add(COMPILER, Object.values(result.compiled.images));
    return { problems: result.warnings, compiled: result.compiled };
  }

  /**
   * Compiles a kept package for nothing but to be quick afterwards, where this process has compiled none yet: the first costs ten times what
   * the others do.
   */
  async warmUp(packageHash: BlobHash): Promise<void> {
    if (!this.hasCompiled) await this.check(packageHash, {});
  }

  /** Links that lead out of the product, with their places in `campaign.yaml`. */
  async outwardLinks(packageHash: BlobHash): Promise<readonly OutwardLink[]> {
    const reading = await readPackage({ zip: await this.blobs.get(packageHash) });
    return reading.ok ? outwardLinks(reading.pkg) : [];
  }

  /** @throws Error when there is no such blob: a row that names it proves that there was one. */
  async load(hash: BlobHash): Promise<CompiledCampaign> {
    return (await this.stored(hash)).compiled;
  }

  /** What a list says of many of them. Outside any transaction. */
  digestsOf(hashes: readonly BlobHash[]): Promise<ReadonlyMap<BlobHash, CampaignDigest>> {
    return this.digests.loadOrCreate(hashes, (hash) => this.load(hash));
  }

  async warnings(hash: BlobHash): Promise<readonly SourceProblem[]> {
    return (await this.stored(hash)).warnings;
  }

  /** What kept a package from being compiled, as `compile` stored it. */
  async problems(hash: BlobHash): Promise<readonly SourceProblem[]> {
    return JSON.parse((await this.blobs.get(hash)).toString()) as SourceProblem[];
  }

  private stored(hash: BlobHash): Promise<StoredCompilation> {
    const known = this.kept.get(hash);
    // Taken out and put back: a Map remembers the order, and its first is the least recently used.
    if (known !== undefined) this.kept.delete(hash);
    const stored = known ?? this.read(hash);
    this.kept.set(hash, stored);
    const oldest = this.kept.keys().next();
    if (this.kept.size > KEPT_IN_MEMORY && oldest.done !== true) this.kept.delete(oldest.value);
    return stored;
  }

  private async read(hash: BlobHash): Promise<StoredCompilation> {
    try {
      return JSON.parse((await this.blobs.get(hash)).toString()) as StoredCompilation;
    } catch (error) {
      // A failure is not kept: the next caller tries again.
      this.kept.delete(hash);
      throw error;
    }
  }

  private putJson(value: unknown): Promise<BlobHash> {
    return this.blobs.put(Buffer.from(JSON.stringify(value)));
  }
}
