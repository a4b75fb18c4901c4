import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { type Locale, packageRoot } from '#kernel';
import { SigningVendor } from './signing-vendor.js';
import { samplePartners, shippedSamples } from './compiled-samples.js';
import { sealedFiles } from './sealed-files.js';

const PAGE = readFileSync(join(packageRoot(), 'docs/verification.md'), 'utf8');

/** Commands of docs/verification.md, each with its documented result. */
export const COMMANDS = [...PAGE.matchAll(/^throughline verify (\S+) (.*?) +# (.*)$/gm)].map(
  ([line, file = '', given = '', outcome = '']) => {
    const [verdict = '', detail = ''] = outcome.split(/: /);
    const papers = [...given.matchAll(/--(\w+) (\S+)/g)].map(([, name = '', path = '']) => [name, path] as const);
    return { line, file, papers, verdict, detail };
  },
);
export const EXIT: Readonly<Record<string, number>> = { intact: 0, broken: 1, 'cannot be told': 2 };

/** A copy with a changed sentence of the same length. */
const reworded = (copy: Buffer): Buffer =>
  Buffer.from(copy.toString('latin1').replaceAll('do not constitute a wa', 'do    constitute a wa'), 'latin1');

/** A copy in which one byte is another. */
function flipped(copy: Buffer, at: number): Buffer {
  const changed = Buffer.from(copy);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

/**
 * A folder with what an auditor holds: copies of every medium, changed ones,
 * and the signed papers, named as on the page.
 */
export async function auditorFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-auditor-'));
  const [exhibit] = await shippedSamples(['zero-trust-edge']);
  const [guest] = await samplePartners();
  if (exhibit === undefined || guest === undefined) throw new Error('The exhibit or the guest is missing.');
  const [notary, other] = [await SigningVendor.publish(exhibit), await SigningVendor.publish(exhibit)];
  const { files, seal, receipts } = await sealedFiles(exhibit, guest, notary, 'en' as Locale);
  const { mail, page, document, jpeg, png } = files;
  const copies = { 'mail.eml': mail, 'page.html': page, 'brochure.pdf': document, 'post.jpg': jpeg, 'post.png': png };
  const changed = {
    'changed.eml': reworded(mail),
    'changed.html': reworded(page),
    'changed.pdf': flipped(document, 400),
    'changed.jpg': flipped(jpeg, jpeg.length - 400),
    'changed.png': await repainted(png),
  };
  const papers = {
    'manifest.json': notary.manifest,
    'forged.json': JSON.parse(JSON.stringify(notary.manifest).replace('"number":1', '"number":2')) as object,
    'seal.json': seal,
    'receipt.json': receipts.mail,
    'post-receipt.json': receipts.jpeg,
    'keys.json': { keys: notary.keys },
    'other-keys.json': { keys: other.keys },
    'rotated-keys.json': {
      keys: [...notary.keys.map((key) => ({ ...key, retiredAt: new Date(1).toISOString() })), ...other.keys],
    },
  };
  for (const [name, bytes] of Object.entries({ ...copies, ...changed })) writeFileSync(join(folder, name), bytes);
  for (const [name, paper] of Object.entries(papers)) writeFileSync(join(folder, name), JSON.stringify(paper));
  return folder;
}

/** A picture with one pixel of the vendor's in another shade. */
async function repainted(png: Buffer): Promise<Buffer> {
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return sharp(flipped(data, data.length - channels), { raw: { width, height, channels } })
    .png()
    .toBuffer();
}
