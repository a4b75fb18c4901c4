import type { PackageFiles } from '#contracts';
import type { EditSession } from './edit-session';
import { pictureType } from './file-bytes';

const PICTURE = /^images\//;

/** Paths of the pictures of a package, with those that were uploaded. */
export function picturesOf(files: PackageFiles['files'], { uploads }: Pick<EditSession, 'uploads'>): string[] {
  const paths = [...files, ...uploads].map(({ path }) => path);
  return [...new Set(paths.filter((path) => PICTURE.test(path) && pictureType(path) !== null))].toSorted();
}
