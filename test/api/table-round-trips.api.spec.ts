import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { CostImportView, DealImportView } from '#contracts';
import type { Browser } from '../support/api.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { workbookOf } from '../../libs/contacts/src/imports/workbook.fixture.js';

const UGLY = ['Ümläut; "quotes", comma', '=1+1', "'=quoted", '-5', '+49 30', '@home', 'عربي', '🦆 emoji', '|', 'a'];

/** Every row is known, and stays as it is. */
const nothing = (rows: number) => ({ new: 0, changed: 0, refused: 0, unchanged: rows });

describe('a table that is exported and imported again', () => {
  let stage: TestProduct;
  let owner: Browser;
  beforeAll(async () => {
    stage = await openTestProduct();
    ({ owner } = stage.partner);
    stage.toWorkingHours();
  });
  afterAll(() => stage.close());

  const exported = async (by: Browser, path: string, language: string): Promise<string> =>
    (
      await by
        .get(`/api/v1/${path}${language === '' ? '' : `?language=${language}`}`)
        .buffer()
        .expect(200)
    ).text;
  const sent = (by: Browser, what: 'costs' | 'deals', file: Buffer | string, path = '') =>
    by.post(`/api/v1/${what}/import${path}`).attach('file', Buffer.from(file), `${what}.csv`);

  describe('of costs', () => {
    let count = 0;
    const add = async (by: Browser, change: object) => {
      const cost = { description: 'Fair', amount: { minorUnits: 123_450, currency: 'EUR' }, from: '2026-03-31' };
      await by.post('/api/v1/costs', { ...cost, ...change }).expect(201);
      if (by === owner) count += 1;
    };
    const importOf = async (file: string, by = owner): Promise<CostImportView> =>
      CostImportView.parse((await sent(by, 'costs', file).expect(200)).body);

    beforeAll(async () => {
      for (const [at, description] of UGLY.entries())
        await add(owner, { description, ...(at % 2 === 0 ? {} : { reference: description }) });
      await add(owner, { amount: { minorUnits: 1, currency: 'JPY' }, reference: 'yen' });
      for (const minorUnits of [12_375, 1_234_567, 5]) await add(owner, { amount: { minorUnits, currency: 'KWD' } });
      await add(owner, { amount: { minorUnits: 1_000_000_000_000, currency: 'EUR' }, to: '2026-12-31' });
      for (const tactic of ['email', 'page', 'document', 'social']) await add(owner, { tactic });
      // Two that are equal, without a reference.
      await add(owner, { description: 'Twice' });
      await add(owner, { description: 'Twice' });
    });

    it.each(['', 'en', 'de'])('changes nothing, in the form “%s”', async (language) => {
      const text = await exported(owner, 'costs/costs.csv', language);
      const { counts, rows } = await importOf(text);
      expect(rows.filter(({ outcome }) => outcome !== 'unchanged')).toEqual([]);
      expect(counts).toEqual(nothing(count));
      expect(await exported(owner, 'costs/costs.csv', language)).toBe(text);
    });

    it('corrects a cost without a reference instead of adding it again', async () => {
      await add(owner, { description: 'Wrong booth', amount: { minorUnits: 777_700, currency: 'EUR' } });
      const text = (await exported(owner, 'costs/costs.csv', '')).replace(',7777.00,', ',8888.00,');
      expect((await importOf(text)).counts).toMatchObject({ new: 0, changed: 1, unchanged: count - 1 });
    });

    it('of a vendor, with campaigns and partners, changes nothing', async () => {
      const { editor } = stage.vendor;
      await add(editor, { campaignId: stage.campaign.campaignId, partnerId: stage.partner.id });
      await add(editor, { campaignId: stage.campaign.campaignId, reference: 'V-1' });
      for (const language of ['', 'en', 'de']) {
        const { counts } = await importOf(await exported(editor, 'costs/costs.csv', language), editor);
        expect(counts).toEqual(nothing(2));
      }
    });

    it('may have other line ends, no mark at its beginning, and other separators', async () => {
      const text = (await exported(owner, 'costs/costs.csv', 'de')).replace('\ufeff', '').replaceAll('\r\n', '\n');
      expect((await importOf(text)).counts).toEqual(nothing(count));
    });

    it('takes a row without a reference once', async () => {
      const file = 'Description,Amount,Currency,First day\nNew booth,"1,500.50",EUR,2026-04-01\n';
      expect((await importOf(file)).counts).toMatchObject({ new: 1, refused: 0 });
      count += 1;
      expect((await importOf(file)).counts).toEqual(nothing(1));
    });

    it('refuses an amount that may be of thousands', async () => {
      const file = 'Reference;Description;Amount;Currency;First day\nT-1;Booth;1.500;EUR;2026-04-01\n';
      expect((await importOf(file)).rows[0]?.faults).toMatchObject([{ reason: 'amount-ambiguous', field: 'amount' }]);
    });
  });

  describe('of deals', () => {
    let count = 0;

    beforeAll(async () => {
      const { emails } = await stage.aList(
        owner,
        UGLY.map((_, at) => ({ email: `deal-${at}@prospect.example`, firstName: 'Vera', lastName: `Buyer ${at}` })),
      );
      const deals = UGLY.map((externalId, at) => ({
        externalId,
        email: emails[at],
        amount: { minorUnits: 100_000 + at, currency: at % 3 === 0 ? 'JPY' : 'EUR' },
        products: at % 2 === 0 ? ['Router, large', 'Switch; small', 'Hub | blue'] : [`One; ${at}`],
        stage: (['qualified', 'proposal', 'negotiation', 'won', 'lost'] as const)[at % 5],
        ...(at % 5 === 4 ? { lostReason: 'competitor' } : {}),
        expectedOn: '2027-03-31',
      }));
      const { body } = await owner.post('/api/v1/deals/upsert', { deals }).expect(200);
      expect(DealImportView.parse(body).counts).toMatchObject({ new: UGLY.length });
      count = UGLY.length;
      // Entered by hand: without an external id.
      await stage.api.asOwner(`UPDATE leads.deal SET external_id = NULL WHERE external_id = 'a'`);
    });

    it.each(['', 'en', 'de'])('changes nothing, in the form “%s”', async (language) => {
      const text = await exported(owner, 'deals/list.csv', language);
      const { counts, rows } = DealImportView.parse((await sent(owner, 'deals', text).expect(200)).body);
      expect(rows.filter(({ outcome }) => outcome !== 'unchanged')).toEqual([]);
      expect(counts).toEqual(nothing(count));
      expect(await exported(owner, 'deals/list.csv', language)).toBe(text);
    });
  });

  it('is told from a file of another kind, by its content', async () => {
    const zip = new ZipFile();
    zip.addBuffer(Buffer.from('x'), 'costs.csv');
    zip.end();
    const zipped = await buffer(zip.outputStream);
    for (const what of ['costs', 'deals'] as const)
      for (const [file, code, sentence] of [
        ['', 'import.file-empty', /empty/],
        ['\ufeff', 'import.file-empty', /no text/],
        [zipped, 'import.zip', /ZIP file.*Unpack it/],
        [Buffer.from('PK\u0005\u0006'.padEnd(22, '\0'), 'latin1'), 'import.not-csv', /empty ZIP file/],
        [Buffer.from('\u00d0\u00cf\u0011\u00e0 old', 'latin1'), 'import.old-workbook', /\.xls.*\.xlsx/],
        ['Reference,Description\n', 'import.no-rows', /only one row/],
      ] as const) {
        const { body } = await sent(owner, what, file as Buffer, '/preview').expect(422);
        expect(body).toMatchObject({ code, field: 'file', detail: expect.stringMatching(sentence) });
      }
    const rows = 'Reference,Description\n' + 'R,D\n'.repeat(5_001);
    await sent(owner, 'costs', rows, '/preview').expect(413);
  });

  it('may be a workbook', async () => {
    const heading = ['Referenz', 'Beschreibung', 'Betrag', 'Währung', 'Von', 'Taktik'];
    const book = await workbookOf([
      { name: 'Kosten', rows: [heading, ['X-1', 'Stand', 1234.5, 'EUR', '2026-04-01', 'Seiten']] },
    ]);
    const { body } = await sent(owner, 'costs', book, '/preview').expect(200);
    expect(CostImportView.parse(body).rows).toMatchObject([
      { outcome: 'new', amount: { minorUnits: 123_450, currency: 'EUR' }, faults: [] },
    ]);
  });
});
