import { text } from 'node:stream/consumers';
import { HALF_LIFE_DAYS } from '#contracts';
import type { DealId } from '#kernel';
import { DealSums } from '../deal-sums/deal-sums.service.js';
import {
  Attributions,
  PartnerInsights,
  PartnerReturnsReader,
  PartnerTotals,
  Rollups,
  VendorReturnsReader,
} from '../index.js';
import { openInsight, type TestInsight } from '../insight.fixture.js';
import { at, dayAt, type Dump, type Programme, restore } from './ledgers.fixture.js';

export const WINDOW = { from: dayAt(-31), to: dayAt(121) };

/** What another process needs to tell the same. */
export interface Copy {
  readonly programme: Programme;
  readonly dump: Dump;
}

/** All money figures of a vendor and its partners, and their counts, as the API writes them: one line each. */
export async function told({ app, clock, owner }: TestInsight, { vendor, partners }: Programme): Promise<string[]> {
  clock.reach(at(120));
  const lines: string[] = [];
  const tell = (answer: unknown): void => void lines.push(JSON.stringify(answer));
  const attributions = app.get(Attributions, { strict: false });
  const returns = app.get(PartnerReturnsReader, { strict: false });
  for (const partner of partners) {
    tell(await attributions.table(partner, WINDOW, HALF_LIFE_DAYS));
    const { rows } = await owner.query<{ id: DealId }>('SELECT id FROM leads.deal WHERE partner_id = $1 ORDER BY id', [
      partner.partnerId,
    ]);
    for (const { id } of rows) tell(await attributions.ofDeal(partner, id, HALF_LIFE_DAYS));
    tell(await app.get(PartnerInsights, { strict: false }).between(partner, partner.partnerId, WINDOW));
    tell(await returns.read(partner, WINDOW, 'linear'));
    tell(await returns.read(partner, WINDOW, 'shapley'));
  }
  const totals = app.get(PartnerTotals, { strict: false });
  const members = await totals.partners(vendor);
  tell(await totals.forVendor(vendor, members));
  tell(await totals.forVendor(vendor, members, WINDOW));
  tell(await app.get(DealSums, { strict: false }).forVendor(vendor));
  tell(await app.get(VendorReturnsReader, { strict: false }).read(vendor));
  return lines;
}

/** One after the other: products of one process share the folder of their click journals. */
export async function inDatabase<Result>(work: (house: TestInsight) => Promise<Result>): Promise<Result> {
  const house = await openInsight();
  try {
    return await work(house);
  } finally {
    await house.close();
  }
}

/** Counts again from the ledgers alone, in a database of its own. */
export const toldOfCopy = ({ programme, dump }: Copy): Promise<string[]> =>
  inDatabase(async (house) => {
    await restore(house, dump);
    const rollups = house.app.get(Rollups, { strict: false });
    for (const { partnerId } of programme.partners) await rollups.reconcile(partnerId);
    await rollups.fold();
    return told(house, programme);
  });

/** For another process: reads a copy from its input and prints the numbers of both sides. */
export async function printToldOfCopy(): Promise<void> {
  const lines = await toldOfCopy(JSON.parse(await text(process.stdin)) as Copy);
  process.stdout.write(lines.join('\n'));
}
