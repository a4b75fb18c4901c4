import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { type DocumentValues, stampDocument } from '#artwork';
import { prepared, values } from '../../libs/artwork/src/document/document.fixture.js';
import { pictureFile } from '../support/offline-browser.js';
import type { DocumentSlotRule } from '../../libs/artwork/src/document/document-slot.js';

const run = promisify(execFile);
/** Saved under test-output/golden/languages for inspection. */
async function printed(name: string, pdf: Buffer): Promise<{ text: string; boxes: string }> {
  const file = pictureFile(`languages/${name}.pdf`);
  await writeFile(file, pdf);
  await run('qpdf', ['--check', file]);
  await run('pdftoppm', [
    '-r',
    '110',
    '-f',
    '1',
    '-l',
    '1',
    '-singlefile',
    '-png',
    file,
    file.slice(0, -'.pdf'.length),
  ]);
  const [{ stdout: text }, { stdout: boxes }] = [
    await run('pdftotext', ['-raw', file, '-']),
    await run('pdftotext', ['-bbox', file, '-']),
  ];
  return { text, boxes };
}

const OFFER = {
  kind: 'text',
  slot: 'offer',
  size: 14,
  minSize: 8,
  box: { page: 1, x: 60, y: 640, width: 300, height: 60 },
} as const satisfies DocumentSlotRule;
/** One slot of each kind that holds text, each marked in another way. */
const MARKED: Readonly<
  Record<string, { readonly slots: Record<string, DocumentSlotRule>; readonly base: Parameters<typeof prepared>[0] }>
> = {
  'drawn box': { slots: { offer: OFFER }, base: { fields: [] } },
  'sentinel link': { slots: { offer: { ...OFFER, box: undefined } }, base: { fields: [], links: ['offer'] } },
  'form field': { slots: { offer: { ...OFFER, box: undefined } }, base: { fields: ['offer'] } },
};

async function stamped(marked: string, given: Partial<DocumentValues> & { offer?: string }): Promise<Buffer | string> {
  const { slots, base } = MARKED[marked]!;
  const result = await stampDocument(await prepared(base, slots), await values(given));
  return result.ok ? result.pdf : result.problems.map(({ code, path }) => `${code} ${path}`).join();
}

describe.each(Object.keys(MARKED))('a document whose slot is a %s', (marked) => {
  it.each([
    ['Greek', 'Δωρεάν έλεγχος ασφάλειας έως τις 31 Μαρτίου: Ϊΰ, ΐ, ΜΆΪΟΣ'],
    ['Russian', 'Бесплатная проверка сети до 31 марта, объём и ёлка, 1 500 ₽'],
    ['Ukrainian', 'Безкоштовна перевірка мережі до 31 березня: їжак, ґанок, є'],
    ['Serbian', 'Бесплатна провера мреже до 31. марта: љубав, њива, ђак, џеп'],
    ['Bulgarian', 'Безплатна проверка на мрежата до 31 март, щастие, юли, ъгъл'],
    ['Czech and Polish', 'Příliš žluťoučký kůň · Zażółć gęślą jaźń'],
    ['Turkish', 'İstanbul’da ücretsiz güvenlik denetimi, ığdır'],
    ['mixed scripts', 'Edge για Αθήνα, для Києва, für Köln: 24 × 7'],
  ])('shows %s as it was written, to a reader and to poppler', async (language, offer) => {
    const pdf = await stamped(marked, { offer });
    if (typeof pdf === 'string') throw new Error(pdf);
    const { text } = await printed(`${marked.replace(' ', '-')}.${language.replaceAll(' ', '-')}`, pdf);
    expect(text.replace(/\s+/g, ' ').normalize('NFC')).toContain(offer.normalize('NFC'));
  });

  it('makes a text smaller, down to the least size, and refuses it by the slot’s name then', async () => {
    const heights: number[] = [];
    let words = 0;
    for (let refused = false; !refused; words += 8) {
      const pdf = await stamped(marked, { offer: 'λέξη '.repeat(words + 4).trim() });
      refused = typeof pdf === 'string';
      if (typeof pdf === 'string') expect(pdf).toBe('text-does-not-fit slot.offer');
      else {
        const { boxes } = await printed(`${marked.replace(' ', '-')}.shrunk`, pdf);
        const [, top = '', bottom = ''] = /yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">λέξη/.exec(boxes) ?? [];
        heights.push(Number(bottom) - Number(top));
      }
    }
    const [first = 0, last = 0] = [heights[0], heights.at(-1)];
    expect(heights).toEqual([...heights].sort((a, b) => b - a));
    // From 14 points (11 in the fixture) to 8, and no smaller.
    expect(last / first).toBeCloseTo(8 / OFFER.size, 1);
  });
});
