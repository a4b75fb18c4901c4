import { PDFDocument } from 'pdf-lib';
import { getDocument } from './pdf-reader.fixture.js';
import { tableDocument } from './table-document.js';

const table = (rows: readonly (readonly string[])[]) => ({
  title: 'Results of campaigns',
  lead: 'Northwind, as of 27 November 2026',
  headings: ['Campaign', 'Sent'],
  rows,
  footer: (page: number, pages: number) => `Page ${page} of ${pages}`,
  at: new Date('2026-11-27T08:00:00Z'),
  language: 'en',
});

async function textsOf(pdf: Buffer): Promise<string[]> {
  const document = await getDocument({ data: new Uint8Array(pdf) }).promise;
  const pages: string[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
  }
  return pages;
}

describe('a table as a document', () => {
  it('has every row, and the headings on each page', async () => {
    const rows = Array.from({ length: 60 }, (_, at) => [`Campaign ${at}`, String(at * 10)]);
    const pages = await textsOf(await tableDocument(table(rows)));
    expect(pages).toHaveLength(3);
    for (const [at, text] of pages.entries()) {
      expect(text).toContain('Results of campaigns');
      expect(text).toContain('Sent');
      expect(text).toContain(`Page ${at + 1} of 3`);
    }
    const all = pages.join(' ');
    for (const [name] of rows) expect(all).toContain(name);
  });

  it('cuts what is too wide, and draws letters that the font lacks as question marks', async () => {
    const [text] = await textsOf(
      await tableDocument(
        table([
          ['Größe 東京', '5'],
          ['W'.repeat(400), '6'],
        ]),
      ),
    );
    expect(text).toContain('Größe ??');
    expect(text).toMatch(/W+…/);
  });

  it('never cuts a number, however many columns and currencies there are', async () => {
    const headings =
      'Zeile|Kampagne|Partner|Zeigt Summen|Taktik|Kosten|Leads|Gewonnen|Gewonnen mit Namen|Gewonnen ohne Namen|Offen|Pipeline je Kosten|Kosten je Lead|Rendite';
    const amounts = ['12.893,31\u00a0€; 10.000.000.000.000.000,00\u00a0SEK', '4.800,00\u00a0€', '67.010,00\u00a0€'];
    const [costs = '', open = '', won = ''] = amounts;
    const row = (name: string) =>
      ['Kampagne', name, 'Brightwater Systems', 'ja', 'E-Mail'].concat([
        costs,
        '1.204',
        won,
        costs,
        costs,
        open,
        '13,96',
        costs,
        '301,4\u00a0%',
      ]);
    const rows = [row('Sichere Zugänge für mittelständische Unternehmen'), row('Kante')];
    const wide = { ...table(rows), headings: headings.split('|'), isNumber: row('').map((_, at) => at > 4) };
    const [text = ''] = await textsOf(await tableDocument(wide));
    for (const amount of rows.flatMap((cells) => cells.slice(5)).flatMap((cell) => cell.split('; ')))
      expect(text).toContain(amount.replace('\u00a0', ' '));
    for (const word of 'Rendite Zeile Gewonnen Kosten Pipeline'.split(' ')) expect(text).toContain(word);
    expect(text).not.toMatch(/\d…/);
    // Too many for the least size of texts: these are cut, numbers get smaller.
    const most = {
      ...wide,
      headings: Array.from({ length: 14 }, () => 'Gewonnen'),
      rows: [Array.from({ length: 14 }, () => costs)],
    };
    const [small = ''] = await textsOf(
      await tableDocument({ ...most, isNumber: most.headings.map((_, at) => at > 0) }),
    );
    expect(small.split('10.000.000.000.000.000,00 SEK')).toHaveLength(14);
  });

  it('is one page without rows', async () => {
    const document = await PDFDocument.load(await tableDocument(table([])));
    expect(document.getPageCount()).toBe(1);
    expect(document.getTitle()).toBe('Results of campaigns');
  });
});
