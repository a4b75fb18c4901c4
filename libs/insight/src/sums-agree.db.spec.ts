import fc from 'fast-check';
import { ATTRIBUTION_MODELS, HALF_LIFE_DAYS } from '#contracts';
import { newId, type PartnerActor } from '#kernel';
import { aProgramme, dayAt } from './attribution/ledgers.fixture.js';
import { Attributions, PartnerInsights, PartnerReturnsReader } from './index.js';
import { openInsight, type TestInsight } from './insight.fixture.js';
import { amountsOf } from './partner-results.js';

type Amounts = ReturnType<typeof amountsOf>;

const aDeal = fc.record({
  stage: fc.constantFrom('won', 'won', 'won', 'lost', 'negotiation'),
  amount: fc.option(fc.integer({ min: 0, max: 99_999_999 })),
  currency: fc.constantFrom('EUR', 'USD', 'JPY'),
  refundedPart: fc.constantFrom(0, 0, 0.3, 1),
  day: fc.integer({ min: 0, max: 90 }),
  hasCampaign: fc.boolean(),
  /** Which contact with interactions; beyond them: one that did nothing. */
  contact: fc.nat({ max: 60 }),
});

describe('the sums of a partner’s results', () => {
  let house: TestInsight;
  beforeAll(async () => {
    house = await openInsight();
  });
  afterAll(() => house.close());

  async function addDeals({ partnerId }: PartnerActor, seed: number): Promise<void> {
    const ids = async (sql: string): Promise<string[]> =>
      (await house.owner.query<{ id: string }>(sql, [partnerId])).rows.map(({ id }) => id);
    const launches = await ids('SELECT id FROM activations.activation WHERE partner_id = $1 ORDER BY 1');
    const contacts = await ids(
      'SELECT DISTINCT contact_id AS id FROM engagement.interaction WHERE partner_id = $1 ORDER BY 1',
    );
    for (const deal of fc.sample(aDeal, { seed, numRuns: 40 })) {
      const isClosed = deal.stage === 'won' || deal.stage === 'lost';
      const refunded = deal.stage === 'won' ? Math.floor((deal.amount ?? 0) * deal.refundedPart) : 0;
      await house.owner.query(
        `INSERT INTO leads.deal (id, partner_id, contact_id, activation_id, stage, amount_minor, currency, refunded_minor, closed_on, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)`,
        [
          newId(),
          partnerId,
          contacts[deal.contact] ?? newId(),
          deal.hasCampaign ? launches[deal.contact % launches.length] : null,
          deal.stage,
          deal.amount,
          deal.amount === null ? null : deal.currency,
          refunded,
          isClosed ? dayAt(deal.day) : null,
          dayAt(deal.day),
        ],
      );
    }
  }

  it('are the same in the head line, by campaign, in attribution and in costs and return, to the cent', async () => {
    const { partners } = await aProgramme(house);
    const ofPartners = partners.slice(0, 3);
    for (const [at, partner] of ofPartners.entries()) await addDeals(partner, 2_026 + at);
    const [insights, attributions, returns] = [
      house.app.get(PartnerInsights),
      house.app.get(Attributions, { strict: false }),
      house.app.get(PartnerReturnsReader),
    ];
    for (const partner of ofPartners)
      for (const [from, to] of [
        [0, 90],
        [20, 45],
        [30, 30],
      ] as const) {
        const window = { from: dayAt(from), to: dayAt(to) };
        const all = await insights.all(partner, window);
        const head = all.money.won;
        expect(all.amounts).toEqual(head);
        const rows = [...all.campaigns.map(({ money }) => money), all.withoutCampaign];
        for (const state of ['won', 'open', 'lost'] as const)
          expect(amountsOf(rows.flatMap((money) => money[state]))).toEqual(all.money[state]);
        for (const count of ['wonDeals', 'openDeals', 'lostDeals'] as const)
          expect(rows.reduce((sum, money) => sum + money[count], 0)).toBe(all.money[count]);

        const table = await attributions.table(partner, window, HALF_LIFE_DAYS);
        expect(table.currencies.map(({ currency, wonMinor }) => ({ currency, minorUnits: wonMinor }))).toEqual(head);
        for (const model of ATTRIBUTION_MODELS) {
          const credited: Amounts = table.currencies.map(({ currency, rows: steps, uncreditedMinor }) => ({
            currency,
            minorUnits: steps.reduce((sum, { creditsMinor }) => sum + creditsMinor[model], uncreditedMinor),
          }));
          expect(credited).toEqual(head);
          const { total, campaigns, tactics } = await returns.read(partner, window, model);
          expect(total.won).toEqual(head);
          expect(total.wonDeals).toBe(all.money.wonDeals);
          expect(amountsOf(campaigns.flatMap(({ won }) => won))).toEqual(head);
          expect(amountsOf(tactics.flatMap(({ won }) => won))).toEqual(head);
        }
        // There is something to add up, with and without campaign.
        if (to === 90) {
          expect(head.length).toBe(3);
          expect(all.withoutCampaign.wonDeals).toBeGreaterThan(2);
          expect(table.currencies.some(({ uncreditedMinor }) => uncreditedMinor > 0)).toBe(true);
        }
      }
  }, 120_000);
});
