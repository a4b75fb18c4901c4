import type { VendorExperiments as Experiments } from '#contracts';
import { Database } from '#database';
import { type CampaignId, type ContactId, newId, type PartnerId, systemActor, type VendorActor } from '#kernel';
import { Releases, resultSubject } from '#release';
import { variantOfArm } from '#rendering';
import type { TestedStep } from '#sequencing';
import { seeded } from '../../../experiments/src/crowd.fixture.js';
import { ExperimentGroups } from '../../../sequences/src/enrolment/experiment-groups.service.js';
import { partCell, RESULT_TABLES } from '../contribution.js';
import { VendorExperiments } from '../index.js';
import {
  aCampaign,
  addLeads,
  anActivation,
  aVendor,
  CONFIG,
  drawHoldOut,
  join,
  openInsight,
  showTotals,
  storeCompiled,
  type TestInsight,
} from '../insight.fixture.js';
import { endOf, newestDue, nextStart } from '../release-calendar.js';
import { addDays, dayOf, mondayOf } from '../window.js';
import { ProgrammeLift } from './programme-lift.service.js';
import { IS_WHOLE_SUITE } from '../../../../test/support/whole-suite.js';

/** One hundred take a minute. */
const PROGRAMMES = IS_WHOLE_SUITE ? 100 : 30;
const PARTNERS = 6;
const PERCENT = 20;
/** What the campaign brings, and what the second e-mail brings more than the first. */
const [LEADS_MORE, CLICKS_MORE] = [0.04, 0.03];
/** Recipients of a test over all partners: noise would hide fewer. */
const RECIPIENTS = 4_000;
const TESTED: TestedStep = { stepKey: 'welcome', of: 'email', arms: ['welcome', 'proof'] };

/** A vendor with one campaign, and the partners that launch it. */
interface Programme {
  readonly at: number;
  readonly vendor: VendorActor;
  readonly campaignId: CampaignId;
  readonly partnerIds: readonly PartnerId[];
}

/**
 * Programmes of six partners, one hundred by night, each with contacts of its own kind. People are simulated; all
 * else is the product's: the keyed hash that draws groups, the counts of hold-outs and their batches, the noise of releases, and
 * the intervals that the vendor reads. Ids of campaigns and people are fixed, so that the same groups are drawn in
 * each run. Only the noise has another seed each time, because releases have random ids. How recipients and clicks
 * are counted before a release is in `result-releases.db.spec.ts`.
 */
describe('a simulated crowd with a known lift', () => {
  let product: TestInsight;
  let groups: ExperimentGroups;
  let compiledHash: string;
  let programmes: Programme[];
  /** The Monday on which all partners start. */
  let startOn: string;

  beforeAll(async () => {
    product = await openInsight();
    // Addresses are given to it here: it looks up no contact.
    groups = new ExperimentGroups(undefined as never, CONFIG);
    startOn = addDays(mondayOf(dayOf(product.clock.now())), 7);
    compiledHash = await storeCompiled(product, ['proof'], { holdOut: { percent: PERCENT } });
    programmes = [];
    for (let at = 0; at < PROGRAMMES; at += 1) programmes.push(await aProgramme(at));
  });
  afterAll(() => product.close());

  /** Its partners show their totals. */
  async function aProgramme(at: number): Promise<Programme> {
    const vendor = await aVendor(product);
    const id = `00000000-0000-4000-8000-${String(at).padStart(12, '0')}` as CampaignId;
    const campaignId = await aCampaign(product, vendor, { id, compiledHash, publishedOn: addDays(startOn, -90) });
    const partnerIds = Array.from({ length: PARTNERS }, () => newId<PartnerId>());
    await join(product, vendor, partnerIds, addDays(startOn, -90));
    await showTotals(product, vendor.vendorId, partnerIds);
    return { at, vendor, campaignId, partnerIds };
  }

  /** A launch of 60 to 180 contacts. Of 3 to 15 % leads would come anyway, whichever partner it is. */
  async function launch({ at, vendor, campaignId, partnerIds }: Programme, partner: number): Promise<void> {
    const random = seeded(1 + at * PARTNERS + partner);
    const partnerId = partnerIds[partner]!;
    const base = 0.03 + random() * 0.12;
    const people = Array.from({ length: 60 + Math.floor(random() * 120) }, (_, person) => {
      const email = `person-${person}@partner-${partner}.example`;
      const isHeldOut = groups.isHeldOut(campaignId, { email }, PERCENT);
      return { id: newId<ContactId>(), isHeldOut, isLead: random() < base + (isHeldOut ? 0 : LEADS_MORE) };
    });
    const { vendorId } = vendor;
    const activationId = await anActivation(product, { partnerId, vendorId, campaignId, startAt: startOn });
    const one = { activationId, partnerId };
    const idsOf = (some: typeof people): ContactId[] => some.map(({ id }) => id);
    const [heldOut, written] = [true, false].map((held) => idsOf(people.filter(({ isHeldOut }) => isHeldOut === held)));
    await drawHoldOut(product, activationId, startOn, { written: written!, heldOut: heldOut! });
    const leads = people.filter(({ isLead }) => isLead);
    await addLeads(
      product,
      one,
      leads.map(({ id }) => [id, addDays(startOn, 3)]),
    );
  }

  /** What was sent and clicked in four weeks, by what was drawn for each recipient. */
  async function release({ at, vendor, campaignId }: Programme, span: number, startsOn: string): Promise<void> {
    const random = seeded(10_000 + at * 2 + span);
    const counts = new Map(TESTED.arms.map((arm) => [arm, { partsSent: 0, partsClicked: 0 }]));
    for (let person = 0; person < RECIPIENTS / 2; person += 1) {
      const email = `person-${person}@partner-${person % PARTNERS}-${span}.example`;
      const arm = groups.armOf(campaignId, TESTED, { email });
      const count = counts.get(arm)!;
      count.partsSent += 1;
      if (random() < 0.08 + (person % PARTNERS) * 0.01 + (arm === 'proof' ? CLICKS_MORE : 0)) count.partsClicked += 1;
    }
    for (const table of ['partsSent', 'partsClicked'] as const)
      await product.app.get(Releases, { strict: false }).publish(systemActor('insight'), {
        vendorId: vendor.vendorId,
        kind: RESULT_TABLES[table].kind,
        subject: resultSubject(campaignId, table),
        asOf: endOf('four-weeks', startsOn),
        readyAt: null,
        reservation: null,
        denominator: 1,
        sd: RESULT_TABLES[table].sd,
        cells: [...counts].map(([arm, count]) => ({
          name: partCell('welcome', variantOfArm('en', { of: 'email', arm, version: 1 })),
          value: count[table],
        })),
      });
  }

  const advanceTo = (day: string): void => {
    product.clock.advance(Date.parse(day) - product.clock.now().getTime());
  };
  const readAll = async (): Promise<Experiments[]> => {
    const read: Experiments[] = [];
    for (const { vendor, campaignId } of programmes)
      read.push(await product.app.get(VendorExperiments).of(vendor, campaignId));
    return read;
  };
  type Interval = { readonly from: number; readonly to: number } | null | undefined;
  const containing = (intervals: readonly Interval[], lift: number): number =>
    intervals.filter((one) => one && one.from <= lift && lift <= one.to).length;
  const meanWidth = (intervals: readonly Interval[]): number =>
    intervals.reduce((sum, one) => sum + (one ? one.to - one.from : 2), 0) / intervals.length;

  it('is found within the interval of the hold-outs that its vendor sees, in at least 93 of 100 programmes', async () => {
    for (const programme of programmes)
      for (let partner = 0; partner < PARTNERS; partner += 1) await launch(programme, partner);
    // The rows come too fast for autovacuum, and without statistics a count compares all with all.
    await product.owner.query('ANALYZE activations.activation, sequences.hold_out_draw, leads.lead');
    advanceTo(addDays(startOn, 42));
    await product.app.get(ProgrammeLift).makeDue();
    const found = (await readAll()).map(({ holdOut }) => holdOut);
    expect(found.every((one) => one?.partners === PARTNERS)).toBe(true);
    const [heldOut, written] = [
      found.reduce((sum, one) => sum + (one?.heldOut.people ?? 0), 0),
      found.reduce((sum, one) => sum + (one?.written.people ?? 0), 0),
    ];
    expect((heldOut * 100) / (heldOut + written)).toBeCloseTo(PERCENT, 0);
    const intervals = found.map((one) => one?.difference);
    expect(containing(intervals, LEADS_MORE)).toBeGreaterThanOrEqual(0.93 * PROGRAMMES);
    // An interval that contains everything would pass, too.
    expect(meanWidth(intervals)).toBeLessThan(0.3);
    expect(containing(intervals, LEADS_MORE + 0.2)).toBeLessThan(0.07 * PROGRAMMES);
  });

  it('is found within the interval of released numbers that its vendor sees, in at least 93 of 100 tests', async () => {
    advanceTo(addDays(startOn, 140));
    const newest = newestDue('four-weeks', dayOf(product.clock.now()));
    const spans = [addDays(newest, -28), newest];
    expect(nextStart('four-weeks', spans[0]!)).toBe(newest);
    await product.app.get(Database).inTransaction(systemActor('insight'), async () => {
      for (const programme of programmes)
        for (const [span, startsOn] of spans.entries()) await release(programme, span, startsOn);
    });
    const intervals = (await readAll()).map(({ test }) => test?.arms[1]?.difference);
    expect(containing(intervals, CLICKS_MORE)).toBeGreaterThanOrEqual(0.93 * PROGRAMMES);
    expect(meanWidth(intervals)).toBeLessThan(0.25);
    expect(containing(intervals, CLICKS_MORE + 0.2)).toBeLessThan(0.07 * PROGRAMMES);
  });
});
