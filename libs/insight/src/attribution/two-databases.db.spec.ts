import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { HALF_LIFE_DAYS } from '#contracts';
import { ownerUrlOf } from '../../../../test/support/database.js';
import { DealSums } from '../deal-sums/deal-sums.service.js';
import { Attributions, PartnerTotals, Rollups, VendorReturnsReader } from '../index.js';
import { aProgramme, dumpOf } from './ledgers.fixture.js';
import { type Copy, inDatabase, told, toldOfCopy, WINDOW } from './told-numbers.fixture.js';

const LOADER = new URL('../../../../test/support/typescript.mjs', import.meta.url).href;
const FIXTURE = new URL('told-numbers.fixture.ts', import.meta.url).href;
const PRINT = `import(${JSON.stringify(FIXTURE)}).then(({ printToldOfCopy }) => printToldOfCopy())`;
/** Letters, days and sessions of PostgreSQL differ from those of this process. */
const elsewhere = () => ({
  THROUGHLINE_TEST_POSTGRES: ownerUrlOf('postgres'),
  TMPDIR: tmpdir(),
  LANG: 'tr_TR.UTF-8',
  LC_ALL: 'tr_TR.UTF-8',
  TZ: 'Pacific/Auckland',
  PGOPTIONS: '-c TimeZone=America/St_Johns',
});

/** As another process computes them, with its own connections to a database of its own. */
function toldElsewhere(copy: Copy): string[] {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', LOADER, '--input-type=module', '--eval', PRINT],
    { encoding: 'utf8', maxBuffer: 64_000_000, input: JSON.stringify(copy), env: elsewhere() },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout.split('\n');
}

describe('the same ledgers in two databases', () => {
  it('give the same tables, credits, totals, returns and sums, in whatever order the rows came, on each machine', async () => {
    const { programme, expected, dumps, ...of } = await inDatabase(async (house) => {
      const made = await aProgramme(house);
      const [newestFirst, mixed] = [await dumpOf(house, 't::text DESC'), await dumpOf(house, 'md5(t::text)')];
      const rollups = house.app.get(Rollups, { strict: false });
      await rollups.fold();
      const wrong: number[] = [];
      for (const { partnerId } of made.partners) wrong.push(await rollups.reconcile(partnerId));
      const totals = house.app.get(PartnerTotals);
      return {
        programme: made,
        dumps: { newestFirst, mixed },
        wrong,
        expected: await told(house, made),
        table: await house.app.get(Attributions, { strict: false }).table(made.partners[0], WINDOW, HALF_LIFE_DAYS),
        totals: await totals.forVendor(made.vendor, await totals.partners(made.vendor)),
        sums: await house.app.get(DealSums).forVendor(made.vendor),
        returns: await house.app.get(VendorReturnsReader).read(made.vendor),
      };
    });
    expect(await toldOfCopy({ programme, dump: dumps.newestFirst })).toEqual(expected);
    expect(toldElsewhere({ programme, dump: dumps.mixed })).toEqual(expected);

    // Numbers were counted as events came, and nothing was missing of them.
    expect(of.wrong).toEqual(programme.partners.map(() => 0));
    // And there is something to compare.
    expect(of.table.currencies.map(({ currency }) => currency)).toEqual(['EUR', 'USD']);
    expect(of.table.paths.converted).toBeGreaterThan(5);
    for (const { rows, wonMinor, uncreditedMinor } of of.table.currencies)
      for (const model of of.table.models)
        expect(rows.reduce((sum, { creditsMinor }) => sum + creditsMinor[model], uncreditedMinor)).toBe(wonMinor);
    const campaigns = of.totals.flatMap((line) => line.campaigns ?? []);
    const amounts = campaigns.flatMap((campaign) => campaign.amounts);
    expect(new Set(amounts.map(({ currency }) => currency))).toEqual(new Set(['EUR', 'USD']));
    const [shown] = campaigns;
    for (const count of [shown?.sent, shown?.clicked, shown?.leads, shown?.won]) expect(count).toBeGreaterThan(0);
    expect(of.sums.sums).toMatchObject([{ currency: 'EUR', partners: 5 }, { currency: 'USD' }]);
    expect(of.returns.total.wonTogether).toEqual(
      of.sums.sums.map(({ minorUnits, currency }) => ({ minorUnits, currency })),
    );
  }, 120_000);
});
