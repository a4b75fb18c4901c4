import { fileTypeFromBuffer } from 'file-type';
import type { SourceProblem } from '#kernel';
import type { CampaignPackage } from '../package/campaign-package.js';
import type { PackageImage } from './compiled-campaign.js';

const MEDIA_TYPES: Readonly<Record<string, PackageImage['mediaType']>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
};
/** Larger pictures make e-mails slow to display. */
const HEAVY_BYTES = 800_000;

/** Paths of pictures for templates, with the media type by file extension. */
export function picturePaths(pkg: CampaignPackage): Map<string, PackageImage['mediaType']> {
  const pictures = new Map<string, PackageImage['mediaType']>();
  for (const path of pkg.files.keys()) {
    const mediaType = MEDIA_TYPES[path.slice(path.lastIndexOf('.')).toLowerCase()];
    if (mediaType !== undefined) pictures.set(path, mediaType);
  }
  return pictures;
}

/**
 * Pictures whose content does not match their extension, and pictures that are
 * too large for an e-mail.
 */
export async function pictureProblems(pkg: CampaignPackage): Promise<SourceProblem[]> {
  const problems: SourceProblem[] = [];
  for (const [path, mediaType] of picturePaths(pkg)) {
    const bytes = pkg.files.get(path) ?? Buffer.alloc(0);
    const place = { file: path, line: null, column: null };
    const actual = (await fileTypeFromBuffer(bytes))?.mime;
    if (actual !== mediaType)
      problems.push({
        code: 'picture-type-wrong',
        severity: 'error',
        ...place,
        message: `This file${shownIn(pkg, path)} is ${actual === undefined ? 'no picture' : `of type ${actual}`}, its name says ${mediaType}.`,
        remedy: 'Export the picture again as PNG, JPEG or WebP and keep the matching file extension.',
      });
    else if (bytes.length > HEAVY_BYTES)
      problems.push({
        code: 'picture-heavy',
        severity: 'warning',
        ...place,
        message: `This picture${shownIn(pkg, path)} has ${Math.round(bytes.length / 1000)} kB.`,
        remedy: 'Export it at twice its displayed width, as JPEG or WebP.',
      });
  }
  return problems;
}

const SHOWS_PICTURES = /\.(?:mjml|html|svg)$/;

/**
 * ", shown in emails/welcome.mjml:7": a picture has no lines, but its source
 * has.
 */
function shownIn({ files }: CampaignPackage, picture: string): string {
  for (const [path, bytes] of files) {
    const at = SHOWS_PICTURES.test(path) ? bytes.indexOf(picture) : -1;
    if (at !== -1) return `, shown in ${path}:${bytes.toString('utf8', 0, at).split('\n').length},`;
  }
  return '';
}
