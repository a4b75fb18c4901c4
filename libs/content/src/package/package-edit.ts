import type { SourceProblem } from '#kernel';
import { type CampaignPackage, packageProblem, type PackageReading } from './campaign-package.js';
import { pathProblem } from './path-rules.js';
import { shapeProblems } from './package-reader.js';

/** New text of files by path; null removes a file. */
export type PackageChanges = Readonly<Record<string, string | null>>;

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
  const problems = Object.keys(changes).flatMap(changeProblems);
  if (problems.length > 0) return { ok: false, problems };
  const files = new Map(pkg.files);
  for (const [path, text] of Object.entries(changes)) {
    if (text === null) files.delete(path);
    else files.set(path, Buffer.from(text));
  }
  const inShape = shapeProblems(files);
  return inShape.length > 0 ? { ok: false, problems: inShape } : { ok: true, pkg: { files }, warnings: [] };
}

function changeProblems(path: string): SourceProblem[] {
  const unusable = pathProblem(path);
  if (unusable !== null) return [unusable];
  if (isEditable(path)) return [];
  return [
    packageProblem(
      'file-not-written',
      path,
      'This file cannot be edited as text.',
      'Put it into the folder of the campaign and upload that as a package.',
    ),
  ];
}
