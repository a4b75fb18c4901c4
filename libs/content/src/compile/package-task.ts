import type { SourceProblem } from '#kernel';
import { defineTask, TaskLimitError } from '#subprocess';
import { packageProblem, WHOLE_PACKAGE } from '../package/campaign-package.js';
import type { PackageChanges } from '../package/package-edit.js';
import type { CompiledArtworkOnly, CompiledCampaign } from './compiled-campaign.js';

/** A zip of a vendor, and unsaved changes of its files. */
export interface PackageInput {
  readonly zip: Buffer;
  readonly changes: PackageChanges;
  /** The zip that the campaign was copied from; null: it is no copy. */
  readonly template: Buffer | null;
}

/** A compilation, with the bytes that the compiled campaign names by hash. */
export type CompiledPackage =
  | {
      readonly ok: true;
      readonly compiled: CompiledCampaign;
      readonly warnings: readonly SourceProblem[];
      readonly blobs: readonly Buffer[];
    }
  | {
      readonly ok: false;
      readonly problems: readonly SourceProblem[];
      readonly artwork: CompiledArtworkOnly | null;
      readonly blobs: readonly Buffer[];
    };

/**
 * For the whole package: its templates, pictures and documents are compiled by
 * tasks of their own with limits of their own, and all of their time counts.
 */
const LIMITS = { cpuMs: 15_000, memoryMb: 768 } as const;

const COMPILE_PACKAGE_FILES = defineTask<PackageInput, CompiledPackage>({
  name: 'content.compile-package',
  worker: new URL('./package-task.worker.js', import.meta.url),
  load: () => import('./package-task.worker.js'),
  limits: LIMITS,
  processes: 2,
  maxWaiting: 200,
});

/**
 * Unzips and compiles a package in a subprocess. This process never opens the
 * zip.
 * @returns its problems too, if it exceeds the limits.
 */
export async function compileUpload(input: PackageInput): Promise<CompiledPackage> {
  try {
    return await COMPILE_PACKAGE_FILES.run(input);
  } catch (error) {
    if (!(error instanceof TaskLimitError)) throw error;
    const tooHeavy = packageProblem(
      'package-too-heavy',
      WHOLE_PACKAGE,
      `The package cannot be compiled within ${LIMITS.cpuMs / 1000} s and ${LIMITS.memoryMb} MB.`,
      'Make its files smaller or flatter, or split the campaign into several.',
    );
    return { ok: false, problems: [tooHeavy], artwork: null, blobs: [] };
  }
}
