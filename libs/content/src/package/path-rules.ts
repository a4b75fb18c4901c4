import type { SourceProblem } from '#kernel';
import { PACKAGE_LIMITS, packageProblem } from './campaign-package.js';

const SEGMENT = /^[\p{L}\p{N}_@()+-][\p{L}\p{N}_@()+. -]*$/u;
const SYSTEM_FILES = /(^|\/)(__MACOSX|\.DS_Store|Thumbs\.db|desktop\.ini|\.git|\.gitignore|\.gitattributes)(\/|$)/;

/**
 * Allowed file extensions. `.md` files are for authors and are not published.
 */
const FILE_TYPES = ['.yaml', '.mjml', '.html', '.pdf', '.svg', '.png', '.jpg', '.jpeg', '.webp', '.md'];

/** Files that desktops and Git create. They are ignored. */
export function isSystemFile(path: string): boolean {
  return SYSTEM_FILES.test(path);
}

/**
 * Why a path is not allowed in a package, or null. Paths are not corrected:
 * such a path is a mistake or an attack.
 */
export function pathProblem(path: string): SourceProblem | null {
  const shown = path.slice(0, PACKAGE_LIMITS.pathCharacters).replace(/\p{C}/gu, '\uFFFD');
  if (path.includes('\\') || path.startsWith('/') || /^[A-Za-z]:/.test(path) || path.split('/').includes('..')) {
    return packageProblem(
      'path-outside',
      shown,
      'This path points outside the package.',
      'Use paths that start at the folder of campaign.yaml, with forward slashes and without "..".',
    );
  }
  if (path.length > PACKAGE_LIMITS.pathCharacters || !path.split('/').every((segment) => SEGMENT.test(segment))) {
    return packageProblem(
      'path-unusable',
      shown,
      'This file name cannot be used.',
      `Use letters, digits, spaces and . _ - @ ( ) + in names, at most ${PACKAGE_LIMITS.pathCharacters} characters in all.`,
    );
  }
  return null;
}

/** Why a file with this extension is not allowed in a package, or null. */
export function fileTypeProblem(path: string): SourceProblem | null {
  if (FILE_TYPES.some((type) => path.toLowerCase().endsWith(type))) return null;
  return packageProblem(
    'file-type-unknown',
    path,
    'A package must not contain files of this type.',
    `Remove it. Allowed are ${FILE_TYPES.join(', ')}.`,
  );
}

/**
 * Names that differ only in case or Unicode composition are one file on some
 * systems.
 */
export function clashProblems(paths: readonly string[]): SourceProblem[] {
  const seen = new Map<string, string>();
  const problems: SourceProblem[] = [];
  for (const path of paths) {
    const folded = path.normalize('NFC').toLowerCase();
    const other = seen.get(folded);
    if (other === undefined) seen.set(folded, path);
    else {
      problems.push(
        packageProblem(
          'path-twice',
          path,
          other === path ? 'This file is in the package twice.' : `This name is equal to "${other}" on many machines.`,
          'Rename or remove one of the two.',
        ),
      );
    }
  }
  return problems;
}

/**
 * Removes the single top folder that contains all files and campaign.yaml.
 * "Compress folder" creates it.
 */
export function withoutTopFolder(files: ReadonlyMap<string, Buffer>): ReadonlyMap<string, Buffer> {
  const paths = [...files.keys()];
  const top = paths[0]?.split('/')[0];
  if (top === undefined || files.has('campaign.yaml') || !files.has(`${top}/campaign.yaml`)) return files;
  if (!paths.every((path) => path.startsWith(`${top}/`))) return files;
  return new Map([...files].map(([path, bytes]) => [path.slice(top.length + 1), bytes]));
}
