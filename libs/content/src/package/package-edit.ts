import type { SourceProblem } from '#kernel';
import { type CampaignPackage, packageProblem, type PackageReading } from './campaign-package.js';
import { fileTypeProblem, pathProblem } from './path-rules.js';
import { shapeProblems } from './package-reader.js';

/** New text of files by path, or bytes of uploaded ones; null removes a file. */
export type PackageChanges = Readonly<Record<string, string | Uint8Array | null>>;

const EDITABLE = /\.(?:yaml|mjml|html|svg|md)$/i;

/**
 * Whether authors edit this file as text. Pictures and documents are not edited
 * here.
 */
export const isEditable = (path: string): boolean => EDITABLE.test(path);

/**
 * Replaces files of a package.
 * @returns every problem if the result is not a valid package.
 */
export function editPackage(pkg: CampaignPackage, changes: PackageChanges): PackageReading {
  const problems = Object.entries(changes).flatMap(([path, change]) => changeProblems(path, typeof change));
  if (problems.length > 0) return { ok: false, problems };
  const files = new Map(pkg.files);
  for (const [path, change] of Object.entries(changes)) {
    if (change === null) files.delete(path);
    else files.set(path, bytesOf(change));
  }
  const inShape = shapeProblems(files);
  return inShape.length > 0 ? { ok: false, problems: inShape } : { ok: true, pkg: { files }, warnings: [] };
}

const bytesOf = (change: string | Uint8Array): Buffer =>
  typeof change === 'string' ? Buffer.from(change) : Buffer.from(change);

function changeProblems(path: string, change: string): SourceProblem[] {
  const unusable = pathProblem(path);
  if (unusable !== null) return [unusable];
  if (change !== 'string' || isEditable(path)) return [];
  return [
    packageProblem(
      'file-not-written',
      path,
      'This file cannot be edited as text.',
      'Upload another file in its place.',
    ),
  ];
}

/** Why a file of this name cannot be in a package; empty if it can. */
export function fileNameProblems(path: string): SourceProblem[] {
  return [pathProblem(path), fileTypeProblem(path)].filter((problem) => problem !== null);
}
