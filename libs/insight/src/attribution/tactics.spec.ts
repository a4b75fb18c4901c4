import fc from 'fast-check';
import { ATTRIBUTION_MODELS, type Source, SOURCES } from '#contracts';
import type { CampaignId, DealId } from '#kernel';
import { modelsOf } from './credits.js';
import type { DealPath, DealTouch } from './deal-touches.service.js';
import { creditsByTactic, tacticOf } from './tactics.js';

const touch = (id: string, at: number, source: Source | null): DealTouch => ({
  id,
  at,
  channel: `c/${source ?? 'step'}`,
  kind: 'click',
  campaignId: 'c' as CampaignId,
  stepKey: source === null ? 'mail-1' : null,
  source,
});
const deal = (currency: string, amountMinor: bigint, refundedMinor: bigint, touches: DealTouch[]): DealPath => ({
  id: 'd' as DealId,
  currency,
  amountMinor,
  refundedMinor,
  path: { touches, leadAt: 2, closedAt: 100 },
});
const MODELS = modelsOf([{ channels: ['c/step', 'c/qr'], converted: 1, lost: 1 }], 7);

describe('credits by tactic', () => {
  it('are of what led to each touch', () => {
    expect(SOURCES.map((source) => tacticOf({ source }))).toEqual([
      'email',
      'social',
      'document',
      'page',
      'page',
      'page',
    ]);
    const path = [touch('a', 1, null), touch('b', 2, 'qr'), touch('c', 3, 'direct')];
    const first = MODELS.get('first')!;
    const linear = MODELS.get('linear')!;
    expect(creditsByTactic([deal('EUR', 300n, 0n, path)], first).get('email')).toEqual([
      { currency: 'EUR', minorUnits: 300 },
    ]);
    expect([...creditsByTactic([deal('EUR', 400n, 100n, path), deal('EUR', 50n, 0n, [])], linear)]).toEqual([
      ['email', [{ currency: 'EUR', minorUnits: 100 }]],
      ['document', [{ currency: 'EUR', minorUnits: 100 }]],
      ['page', [{ currency: 'EUR', minorUnits: 100 }]],
      [null, [{ currency: 'EUR', minorUnits: 50 }]],
    ]);
  });

  it('of every model add up to what was won, to the cent, in each currency', () => {
    const anyDeal = fc
      .record({
        currency: fc.constantFrom('EUR', 'USD'),
        amount: fc.bigInt({ min: 0n, max: 10n ** 13n }),
        percent: fc.bigInt({ min: 0n, max: 100n }),
        sources: fc.array(fc.constantFrom(null, ...SOURCES), { maxLength: 5 }),
      })
      .map(({ currency, amount, percent, sources }) =>
        deal(
          currency,
          amount,
          (amount * percent) / 100n,
          sources.map((source, at) => touch(`${at}`, at, source)),
        ),
      );
    fc.assert(
      fc.property(fc.array(anyDeal, { maxLength: 10 }), fc.constantFrom(...ATTRIBUTION_MODELS), (deals, name) => {
        const sums = [...creditsByTactic(deals, MODELS.get(name)!).values()].flat();
        for (const currency of ['EUR', 'USD']) {
          const won = deals.reduce(
            (sum, one) => sum + (one.currency === currency ? Number(one.amountMinor - one.refundedMinor) : 0),
            0,
          );
          expect(sums.reduce((sum, one) => sum + (one.currency === currency ? one.minorUnits : 0), 0)).toBe(won);
        }
      }),
    );
  });
});
