import type { ObservedPath } from '#attribution';
import { type CampaignId, DAY_MS, type DealId } from '#kernel';
import { creditsOf, modelsOf, sumCredits } from './credits.js';
import type { DealPath, DealTouch } from './deal-touches.service.js';

const DEALS = 200;
/** More than 16: the Shapley value is sampled. */
const CHANNELS = ['öffnen', 'I', 'i', 'ı', 'é', 'e', 'Z', 'z', 'ß', 'ss', ...'0123456789', 'ا', '中'];

/** Numbers of a linear congruence (Numerical Recipes): integers only, below 2^32. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/**
 * Credits of deals by every model, and their sums, as text. The channels sort and compare in different ways by
 * locale, the touches lie around changes of the clock.
 */
export function printedCredits(): string {
  const next = numbersFrom(28);
  const channel = (): string => CHANNELS[next(CHANNELS.length)] ?? '';
  const path = (): string[] => Array.from({ length: 1 + next(8) }, channel);
  const observed = Array.from({ length: 150 }, (): ObservedPath => ({
    channels: path(),
    converted: next(5),
    lost: next(30),
  }));
  const touch = (name: string, n: number): DealTouch => ({
    id: `t${n}`,
    at: Date.UTC(2026, 2, 20) + next(30 * 24 * 3600) * 1000 + next(1000),
    channel: name,
    kind: 'click',
    campaignId: 'campaign' as CampaignId,
    stepKey: name,
    source: null,
  });
  const deals = Array.from({ length: DEALS }, (_, n): DealPath => {
    const amountMinor = BigInt(next(2 ** 31)) * BigInt(1 + next(1000));
    return {
      id: `d${n}` as DealId,
      currency: 'EUR',
      amountMinor,
      refundedMinor: n % 3 === 0 ? (amountMinor * BigInt(next(100))) / 100n : 0n,
      path: {
        touches: path().map(touch),
        leadAt: n % 2 === 0 ? Date.UTC(2026, 2, 29, 1, 30) : null,
        closedAt: Date.UTC(2026, 3, 10) + next(30) * DAY_MS,
      },
    };
  });
  const models = modelsOf(observed, 7);
  const lines = deals.flatMap((deal) =>
    [...models].map(([name, model]) =>
      [
        deal.id,
        name,
        ...creditsOf(deal, model).map(({ touch: of, weight, amountMinor }) => `${of.id} ${weight} ${amountMinor}`),
      ].join(),
    ),
  );
  const { wonMinor, uncreditedMinor, byChannel } = sumCredits('EUR', deals, models);
  const sums = [...byChannel].map(([id, credits]) => `${id} ${Object.values(credits).join()}`);
  return [...lines, `${wonMinor} ${uncreditedMinor}`, ...sums, ''].join('\n');
}
