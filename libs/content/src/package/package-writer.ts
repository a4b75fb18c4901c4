import { ZipFile } from 'yazl';
import type { CampaignPackage } from './campaign-package.js';

/**
 * Start of the zip format's calendar, which has only local times. A fixed time
 * gives the same bytes for the same files.
 */
const ZIP_EPOCH = new Date(1980, 0, 1);

/**
 * Writes a package as zip.
 * @returns the same bytes for the same files.
 */
export async function writeZip(pkg: CampaignPackage): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, bytes] of [...pkg.files].sort(([a], [b]) => (a < b ? -1 : 1)))
    zip.addBuffer(bytes, path, { mtime: ZIP_EPOCH, mode: 0o100644, forceDosTimestamp: true });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
