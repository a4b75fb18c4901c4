import {
  attribute,
  type AttributionModel,
  type ChannelValues,
  type Credit,
  type ObservedPath,
  removalEffects,
  shapleyValues,
} from '#attribution';
import { ATTRIBUTION_MODELS, type AttributionModelName } from '#contracts';
import { DAY_MS } from '#kernel';
import type { DealPath, DealTouch } from './deal-touches.service.js';

/** Every model, with its parameters and the values of its channels. */
export type Models = ReadonlyMap<AttributionModelName, AttributionModel>;

/** @param paths of the people that the values of channels are learnt from. */
export function modelsOf(paths: readonly ObservedPath[], halfLifeDays: number): Models {
  const values: Readonly<Record<'markov' | 'shapley', ChannelValues>> = {
    markov: removalEffects(paths),
    shapley: shapleyValues(paths),
  };
  return new Map(
    ATTRIBUTION_MODELS.map((kind): [AttributionModelName, AttributionModel] => {
      if (kind === 'markov' || kind === 'shapley') return [kind, { kind, values: values[kind] }];
      return [kind, kind === 'time-decay' ? { kind, halfLifeMs: halfLifeDays * DAY_MS } : { kind }];
    }),
  );
}

/**
 * The credits of what refunds left of a deal. Amount and refunds are not divided apart: their remainders fall on
 * different touches, so that a credit could be below zero.
 */
export const creditsOf = ({ path, amountMinor, refundedMinor }: DealPath, model: AttributionModel): Credit[] =>
  attribute(model, path, amountMinor - refundedMinor);

/** Sums of one currency: credits by channel and model, in the smallest unit. */
export interface CreditSums {
  readonly currency: string;
  readonly deals: number;
  readonly wonMinor: bigint;
  /** Of deals without a touch. */
  readonly uncreditedMinor: bigint;
  readonly byChannel: ReadonlyMap<string, Readonly<Record<AttributionModelName, bigint>>>;
}

/** Adds up the credits of the deals of one currency. */
export function sumCredits(currency: string, deals: readonly DealPath[], models: Models): CreditSums {
  const byChannel = new Map<string, Record<AttributionModelName, bigint>>();
  let uncreditedMinor = 0n;
  let wonMinor = 0n;
  for (const deal of deals) {
    const net = deal.amountMinor - deal.refundedMinor;
    wonMinor += net;
    if (deal.path.touches.length === 0) uncreditedMinor += net;
    const whole = onlyTouch(deal);
    if (whole !== null) {
      const sums = byChannel.get(whole.channel) ?? noCredits();
      for (const name of models.keys()) sums[name] += net;
      byChannel.set(whole.channel, sums);
      continue;
    }
    for (const [name, model] of models)
      for (const { touch, amountMinor } of creditsOf(deal, model)) {
        const sums = byChannel.get(touch.channel) ?? noCredits();
        sums[name] += amountMinor;
        byChannel.set(touch.channel, sums);
      }
  }
  return { currency, deals: deals.length, wonMinor, uncreditedMinor, byChannel };
}

/** The touch of a path of one: every model gives it all. Most deals have one, and the weights take time. */
function onlyTouch({ path: { touches, closedAt } }: DealPath): DealTouch | null {
  const [only, ...others] = touches;
  return only !== undefined && others.length === 0 && only.at <= closedAt ? only : null;
}

const noCredits = (): Record<AttributionModelName, bigint> => ({
  first: 0n,
  last: 0n,
  linear: 0n,
  'u-shaped': 0n,
  'w-shaped': 0n,
  'time-decay': 0n,
  markov: 0n,
  shapley: 0n,
});
