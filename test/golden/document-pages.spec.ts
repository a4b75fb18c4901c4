import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { documentProof, stampDocument } from '#artwork';
import type { Locale } from '#kernel';
import { slotText } from '#rendering';
import { pictureFile } from '../support/offline-browser.js';
import {
  type CompiledSample,
  compiledSamples,
  type SamplePartner,
  samplePartners,
  ORIGIN,
} from '../support/compiled-samples.js';

const run = promisify(execFile);
const LIMIT_MS = 240_000;
const DPI = 72;
/** Pixels around a box that anti-aliasing may change. */
const EDGE_PX = 2;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
interface Sheet {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

let shown: CompiledSample[];
let people: SamplePartner[];
beforeAll(async () => {
  [shown, people] = await Promise.all([compiledSamples(), samplePartners()]);
}, LIMIT_MS);

/** Pages drawn by poppler, which shares no code with us. */
async function draw(pdf: Buffer, name: string, pages: number): Promise<Sheet[]> {
  const file = pictureFile(`${name}.pdf`);
  await writeFile(file, pdf);
  await run('pdftoppm', ['-r', String(DPI), '-png', file, file.slice(0, -'.pdf'.length)]);
  return Promise.all(
    Array.from({ length: pages }, async (_, at) => {
      const png = await readFile(`${file.slice(0, -'.pdf'.length)}-${at + 1}.png`);
      const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
      return { data, width: info.width, height: info.height };
    }),
  );
}

/**
 * Number of different pixels within each box and its margin, and outside all
 * boxes. Boxes are measured from the lower left, as in PDF.
 */
function differences(one: Sheet, other: Sheet, boxes: readonly Box[]): { inside: number[]; outside: number } {
  const inside = boxes.map(() => 0);
  let outside = 0;
  for (let y = 0; y < one.height; y++)
    for (let x = 0; x < one.width; x++) {
      const at = (y * one.width + x) * 3;
      if (one.data.compare(other.data, at, at + 3, at, at + 3) === 0) continue;
      const up = one.height - y;
      const box = boxes.findIndex(
        (room) =>
          x >= room.x - EDGE_PX &&
          x <= room.x + room.width + EDGE_PX &&
          up >= room.y - EDGE_PX &&
          up <= room.y + room.height + EDGE_PX,
      );
      if (box === -1) outside += 1;
      else inside[box] = (inside[box] ?? 0) + 1;
    }
  return { inside, outside };
}

describe('a document as it is printed', () => {
  it(
    'is the vendor’s to the last dot outside of the partner’s places, and has something in each of them, in every locale',
    async () => {
      for (const [number, sample] of shown.entries())
        for (const { key, prepared } of sample.compiled.documents)
          for (const [locale, hash] of Object.entries(prepared)) {
            const partner = people[number % people.length]!;
            const blob = sample.blobs.get(hash)!;
            const proof = documentProof(blob);
            const texts = sample.compiled.slots.map(
              ({ name, default: suggested }) => [name, slotText(suggested[locale as Locale]!)] as const,
            );
            const stamped = await stampDocument(blob, {
              logos: partner.read.variants,
              contact: [partner.legalName ?? partner.name, partner.person, partner.email, partner.phone ?? ''],
              texts: Object.fromEntries(texts),
              links: { page: `${ORIGIN}/p/${partner.key}` },
            });
            if (!stamped.ok) throw new Error(JSON.stringify(stamped.problems));
            const drawings = proof.reserved.flatMap((one) => (one.kind === 'drawing' ? [one] : []));
            const pages = Math.max(...drawings.map(({ page }) => page)) + 1;
            const name = `${sample.name}/${key}.${locale}`;
            const before = await draw(stamped.pdf.subarray(0, proof.byteLength), `${name}.master`, pages);
            const after = await draw(stamped.pdf, name, pages);
            await run('qpdf', ['--check', pictureFile(`${name}.pdf`)]);
            for (const { page, boxes } of drawings) {
              const { inside, outside } = differences(before[page]!, after[page]!, boxes);
              expect([name, page, outside]).toEqual([name, page, 0]);
              // A link draws nothing, so only its box may stay empty.
              expect([name, page, inside.filter((dots) => dots < 20).length <= 1]).toEqual([name, page, true]);
            }
          }
    },
    LIMIT_MS,
  );
});
