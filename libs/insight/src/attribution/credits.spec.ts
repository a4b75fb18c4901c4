import fc from 'fast-check';
import type { CampaignId, DealId } from '#kernel';
import { creditsOf, modelsOf, sumCredits } from './credits.js';
import type { DealPath, DealTouch } from './deal-touches.service.js';

const touch = (id: string, at: number): DealTouch => ({
  id,
  at,
  channel: `c/${id}`,
  kind: 'click',
  campaignId: 'c' as CampaignId,
  stepKey: id,
  source: null,
});
const deal = (amountMinor: bigint, refundedMinor: bigint, ...touches: DealTouch[]): DealPath => ({
  id: 'd' as DealId,
  currency: 'EUR',
  amountMinor,
  refundedMinor,
  path: { touches, leadAt: 2, closedAt: 10 },
});
const MODELS = modelsOf([{ channels: ['c/a', 'c/b'], converted: 1, lost: 1 }], 7);

describe('credits of deals', () => {
  it('sum to the deal less refunds, to the cent, by every model', () => {
    const one = deal(10_001n, 334n, touch('a', 1), touch('b', 2), touch('c', 3));
    for (const model of MODELS.values())
      expect(creditsOf(one, model).reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(9667n);
  });

  it('of a currency add up, with deals without a touch apart, to what was won', () => {
    const sums = sumCredits('EUR', [deal(700n, 0n, touch('a', 1), touch('b', 2)), deal(250n, 50n)], MODELS);
    expect(sums).toMatchObject({ deals: 2, wonMinor: 900n, uncreditedMinor: 200n });
    for (const model of MODELS.keys())
      expect([...sums.byChannel.values()].reduce((sum, credits) => sum + credits[model], 0n)).toBe(700n);
  });

  it('are those of the rest where the deal was refunded: the remainders of amount and refund fell on two touches', () => {
    const one = deal(4n, 3n, touch('a', 1), touch('b', 2), touch('c', 3), touch('d', 4));
    const credits = creditsOf(one, MODELS.get('u-shaped') ?? { kind: 'u-shaped' });
    // Divided apart: 2, 0, 0, 2 less 1, 1, 0, 1.
    expect(credits.map(({ amountMinor }) => amountMinor)).toEqual([1n, 0n, 0n, 0n]);
  });

  it('are not below zero, whatever was refunded, and sum to the rest, by every model', () => {
    const aRefundedDeal = fc
      .record({
        amount: fc.oneof(fc.bigInt({ min: 0n, max: 60n }), fc.bigInt({ min: 0n, max: 10n ** 12n })),
        left: fc.bigInt({ min: 0n, max: 10n ** 12n }),
        ids: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1, maxLength: 6 }),
      })
      .map(({ amount, left, ids }) =>
        deal(amount, amount - (left % (amount + 1n)), ...ids.map((id, at) => touch(id, at))),
      );
    const aPath = fc.record({
      channels: fc.array(fc.constantFrom('c/a', 'c/b', 'c/c', 'c/d', 'c/e'), { minLength: 1, maxLength: 5 }),
      converted: fc.nat(5),
      lost: fc.nat(5),
    });
    fc.assert(
      fc.property(aRefundedDeal, fc.array(aPath, { maxLength: 8 }), (one, paths) => {
        for (const model of modelsOf(paths, 7).values()) {
          const amounts = creditsOf(one, model).map(({ amountMinor }) => amountMinor);
          expect(amounts.every((amount) => amount >= 0n)).toBe(true);
          expect(amounts.reduce((sum, amount) => sum + amount, 0n)).toBe(one.amountMinor - one.refundedMinor);
        }
      }),
      { numRuns: 500 },
    );
  });

  const anyDeal = fc
    .record({
      amount: fc.bigInt({ min: 0n, max: 10n ** 12n }),
      refundedPercent: fc.bigInt({ min: 0n, max: 100n }),
      ids: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 4 }),
    })
    .map(({ amount, refundedPercent, ids }) =>
      deal(amount, (amount * refundedPercent) / 100n, ...ids.map((id, at) => touch(id, at))),
    );
  const inOrder = ({ byChannel, ...sums }: ReturnType<typeof sumCredits>) => ({
    ...sums,
    byChannel: [...byChannel].toSorted(([one], [other]) => (one < other ? -1 : 1)),
  });

  it('of two windows add up to those of both, in any order, to the cent', () => {
    fc.assert(
      fc.property(fc.array(anyDeal, { maxLength: 12 }), fc.nat(), (deals, cut) => {
        const at = deals.length === 0 ? 0 : cut % deals.length;
        const [whole, early, late] = [deals, deals.slice(0, at), deals.slice(at)].map((some) =>
          sumCredits('EUR', some, MODELS),
        );
        if (whole === undefined || early === undefined || late === undefined) throw new Error('three sums');
        expect(early.wonMinor + late.wonMinor).toBe(whole.wonMinor);
        expect(early.uncreditedMinor + late.uncreditedMinor).toBe(whole.uncreditedMinor);
        for (const [channel, credits] of whole.byChannel)
          for (const model of MODELS.keys())
            expect((early.byChannel.get(channel)?.[model] ?? 0n) + (late.byChannel.get(channel)?.[model] ?? 0n)).toBe(
              credits[model],
            );
        expect(inOrder(sumCredits('EUR', deals.toReversed(), MODELS))).toEqual(inOrder(whole));
      }),
    );
  });

  it('of each model add up to what was won, with deals without a touch apart', () => {
    fc.assert(
      fc.property(fc.array(anyDeal, { maxLength: 12 }), (deals) => {
        const { byChannel, wonMinor, uncreditedMinor } = sumCredits('EUR', deals, MODELS);
        for (const model of MODELS.keys())
          expect([...byChannel.values()].reduce((sum, credits) => sum + credits[model], uncreditedMinor)).toBe(
            wonMinor,
          );
      }),
    );
  });
});
