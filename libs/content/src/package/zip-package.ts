import type { Readable } from 'node:stream';
import { type Entry, fromBufferPromise, getFileNameLowLevel, type ZipFile } from 'yauzl';
import { type SourceProblem, messageOf } from '#kernel';
import { PACKAGE_LIMITS, packageProblem, WHOLE_PACKAGE } from './campaign-package.js';
import { isSystemFile, pathProblem } from './path-rules.js';

const FILE_KIND = 0o170000;
const REGULAR = 0o100000;
const FOLDER = 0o040000;

const mega = (bytes: number): string => `${Math.round(bytes / 1_000_000)} MB`;

/**
 * The files of a zip in memory. If there are problems, they must not be used.
 */
interface Unpacked {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly problems: readonly SourceProblem[];
}

/**
 * Unpacks a zip in memory. Nothing is written to disk.
 * Checks the whole central directory before it inflates anything, so that a zip
 * bomb costs nothing.
 * While inflating, yauzl enforces the declared size of every entry.
 */
export async function unpackZip(zip: Buffer): Promise<Unpacked> {
  if (zip.length > PACKAGE_LIMITS.zippedBytes)
    return refused(
      'package-too-large',
      `The zip has ${mega(zip.length)}.`,
      `At most ${mega(PACKAGE_LIMITS.zippedBytes)} are allowed: make pictures smaller.`,
    );
  let archive: ZipFile;
  try {
    // With raw names all invalid ones can be reported. yauzl's own check stops
    // at the first.
    archive = await fromBufferPromise(zip, { lazyEntries: true, decodeStrings: false, autoClose: false });
  } catch {
    return refused('zip-unreadable', 'This is not a zip file, or it is damaged.', 'Zip the campaign folder again.');
  }
  try {
    return await unpack(archive);
  } catch (error) {
    return refused('zip-unreadable', `The zip is damaged: ${messageOf(error)}.`, 'Zip the campaign folder again.');
  } finally {
    archive.close();
  }
}

function refused(code: string, message: string, remedy: string): Unpacked {
  return { files: new Map(), problems: [packageProblem(code, WHOLE_PACKAGE, message, remedy)] };
}

async function unpack(archive: ZipFile): Promise<Unpacked> {
  // Folders and system files count too: all entries must be examined.
  if (archive.entryCount > PACKAGE_LIMITS.files * 2) return tooMany(archive.entryCount);
  const entries: { path: string; entry: Entry }[] = [];
  const problems: SourceProblem[] = [];
  for await (const entry of archive.eachEntry()) {
    const path = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
    const problem = entryProblem(path, entry);
    if (problem !== null) problems.push(problem);
    else if (!path.endsWith('/') && !isSystemFile(path)) entries.push({ path, entry });
  }
  if (entries.length > PACKAGE_LIMITS.files) return tooMany(entries.length);
  const total = entries.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0);
  if (total > PACKAGE_LIMITS.unpackedBytes)
    return refused(
      'package-too-large',
      `Unpacked, the package would have ${mega(total)}.`,
      `At most ${mega(PACKAGE_LIMITS.unpackedBytes)} are allowed: make pictures smaller.`,
    );
  if (problems.length > 0) return { files: new Map(), problems };
  const files: [string, Buffer][] = [];
  for (const { path, entry } of entries) files.push([path, await inflate(archive, entry)]);
  return { files: uniqueFiles(files, problems), problems };
}

function tooMany(count: number): Unpacked {
  return refused(
    'package-too-many-files',
    `The package has ${count} files.`,
    `At most ${PACKAGE_LIMITS.files} are allowed: remove what the campaign does not use.`,
  );
}

function entryProblem(path: string, entry: Entry): SourceProblem | null {
  const isFolder = path.endsWith('/');
  const unusable = isSystemFile(path) ? null : pathProblem(isFolder ? path.slice(0, -1) : path);
  if (unusable !== null) return unusable;
  // The upper half contains the Unix mode if the zip was made on Unix;
  // otherwise 0.
  const kind = (entry.externalFileAttributes >>> 16) & FILE_KIND;
  if (kind !== 0 && kind !== REGULAR && kind !== FOLDER)
    return packageProblem(
      'file-not-plain',
      path,
      'This is a symbolic link or another special file.',
      'Put the file itself into the package.',
    );
  if (entry.isEncrypted() || !entry.canDecodeFileData())
    return packageProblem(
      'file-unreadable',
      path,
      'This file is encrypted, or compressed by an unsupported method.',
      'Zip the folder without a password.',
    );
  return sizeProblem(path, entry);
}

function sizeProblem(path: string, entry: Entry): SourceProblem | null {
  if (entry.uncompressedSize > PACKAGE_LIMITS.fileBytes)
    return packageProblem(
      'file-too-large',
      path,
      `This file has ${mega(entry.uncompressedSize)}.`,
      `At most ${mega(PACKAGE_LIMITS.fileBytes)} are taken.`,
    );
  if (entry.uncompressedSize > 1_000_000 && entry.uncompressedSize > entry.compressedSize * PACKAGE_LIMITS.ratio)
    return packageProblem(
      'zip-bomb',
      path,
      `This file would grow ${Math.round(entry.uncompressedSize / Math.max(1, entry.compressedSize))} times when unpacked.`,
      'Remove it: no text or picture has this compression ratio.',
    );
  return null;
}

async function inflate(archive: ZipFile, entry: Entry): Promise<Buffer> {
  const stream: Readable = await archive.openReadStreamPromise(entry);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A zip may contain a path twice. Readers differ in which one they use. */
function uniqueFiles(files: readonly [string, Buffer][], problems: SourceProblem[]): ReadonlyMap<string, Buffer> {
  const unique = new Map<string, Buffer>();
  for (const [path, bytes] of files) {
    if (unique.has(path))
      problems.push(packageProblem('path-twice', path, 'This file is in the zip twice.', 'Zip the folder again.'));
    unique.set(path, bytes);
  }
  return unique;
}
