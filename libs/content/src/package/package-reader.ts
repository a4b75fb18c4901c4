import type { SourceProblem } from '#kernel';
import { type PackageReading, packageProblem, WHOLE_PACKAGE } from './campaign-package.js';
import { readFolder } from './folder-package.js';
import { clashProblems, fileTypeProblem, withoutTopFolder } from './path-rules.js';
import { unpackZip } from './zip-package.js';

/**
 * Location of a package: a zip in memory, or a local folder (command line and
 * seed only, never an upload).
 */
export type PackageSource = { readonly zip: Buffer } | { readonly folder: string };

/**
 * Reads a package.
 * @returns its files, or every problem that prevents it.
 */
export async function readPackage(source: PackageSource): Promise<PackageReading> {
  const read = 'zip' in source ? await unpackZip(source.zip) : await readFolder(source.folder);
  if (read.problems.length > 0) return { ok: false, problems: read.problems };
  const files = withoutTopFolder(read.files);
  const problems = shapeProblems(files);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, pkg: { files }, warnings: [] };
}

/** Checks of a whole package, independent of its source. */
export function shapeProblems(files: ReadonlyMap<string, Buffer>): SourceProblem[] {
  // Without this file it is not a campaign package.
  if (!files.has('campaign.yaml'))
    return [
      packageProblem(
        'campaign-missing',
        WHOLE_PACKAGE,
        'There is no campaign.yaml at the top of the package.',
        'Zip the folder that contains campaign.yaml; docs/campaign-package.md describes it.',
      ),
    ];
  const paths = [...files.keys()];
  return [
    ...clashProblems(paths),
    ...paths.map(fileTypeProblem).filter((problem): problem is SourceProblem => problem !== null),
  ];
}
