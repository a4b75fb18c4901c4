import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceProblem } from '#kernel';
import { PACKAGE_LIMITS, packageProblem, WHOLE_PACKAGE } from './campaign-package.js';
import { isSystemFile, pathProblem } from './path-rules.js';

/** Reads a campaign folder by the rules for zip files. */
export async function readFolder(
  folder: string,
): Promise<{ files: ReadonlyMap<string, Buffer>; problems: readonly SourceProblem[] }> {
  const files = new Map<string, Buffer>();
  const problems: SourceProblem[] = [];
  let total = 0;
  for (const path of await pathsIn(folder, '', problems)) {
    const { size } = await lstat(join(folder, path));
    total += size;
    if (size > PACKAGE_LIMITS.fileBytes)
      problems.push(
        packageProblem('file-too-large', path, 'This file has more than 10 MB.', 'Make it smaller, at most 10 MB.'),
      );
    else if (total <= PACKAGE_LIMITS.unpackedBytes) files.set(path, await readFile(join(folder, path)));
  }
  if (total > PACKAGE_LIMITS.unpackedBytes)
    problems.push(
      packageProblem('package-too-large', WHOLE_PACKAGE, 'The folder has more than 60 MB.', 'Make pictures smaller.'),
    );
  return { files, problems };
}

async function pathsIn(root: string, folder: string, problems: SourceProblem[]): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (isSystemFile(path)) continue;
    const problem = pathProblem(path);
    if (problem !== null) problems.push(problem);
    else if (entry.isDirectory()) found.push(...(await pathsIn(root, path, problems)));
    else if (entry.isFile()) found.push(path);
    else
      problems.push(
        packageProblem(
          'file-not-plain',
          path,
          'This is a symbolic link or another special file.',
          'Put the file itself into the folder.',
        ),
      );
    if (found.length > PACKAGE_LIMITS.files) {
      problems.push(
        packageProblem(
          'package-too-many-files',
          WHOLE_PACKAGE,
          `The folder has more than ${PACKAGE_LIMITS.files} files.`,
          'Remove what the campaign does not use.',
        ),
      );
      return [];
    }
  }
  return found;
}
