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
});
