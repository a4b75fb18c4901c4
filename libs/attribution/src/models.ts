import { groupBy } from '#kernel';
import { type Credit, type CreditReason, divide, type Weight } from './credit.js';
import type { ChannelValues } from './observed-paths.js';
import { firstTouch, lastTouch, linear, timeDecay, uShaped, wShaped } from './position-models.js';
import { orderedTouches, type Path } from './touch.js';

/**
 * Version of the models. Raise it with every change that gives another credit for the same path: reports name
 * the version that they were made with. `golden.spec.ts` has the figures of this one. 2: other orders are drawn for the
 * Shapley value of more than 16 channels, and a refunded deal is divided without what was refunded.
 */
export const MODELS_VERSION = 2;

/**
 * How a deal is divided among its touches. A version of a model is its kind and its parameters; the values
 * of channels are computed once from the paths up to a ledger position, and kept with it.
 */
export type AttributionModel =
  | { readonly kind: 'first' | 'last' | 'linear' | 'u-shaped' | 'w-shaped' }
  | { readonly kind: 'time-decay'; readonly halfLifeMs: number }
  | { readonly kind: 'markov' | 'shapley'; readonly values: ChannelValues };

/**
 * Divides a deal among the touches of its path.
 * @param amountMinor In the currency's smallest unit; negative for a refund.
 * @returns A credit per touch before the deal closed, in the order of the touches. They sum to the
 *   amount, to the unit. None without a touch.
 */
export function attribute(model: AttributionModel, path: Path, amountMinor: bigint): Credit[] {
  return divide(amountMinor, weightsOf(model, path));
}

function weightsOf(model: AttributionModel, path: Path): Weight[] {
  switch (model.kind) {
    case 'first':
      return firstTouch(path);
    case 'last':
      return lastTouch(path);
    case 'linear':
      return linear(path);
    case 'u-shaped':
      return uShaped(path);
    case 'w-shaped':
      return wShaped(path);
    case 'time-decay':
      return timeDecay(path, model.halfLifeMs);
    case 'markov':
      return byChannel(path, model.values, 'removal-effect');
    case 'shapley':
      return byChannel(path, model.values, 'shapley-value');
  }
}

/**
 * A value in the units of weights: nine digits, so that differences of the last digit between machines move
 * no cent.
 */
const UNITS = 1_000_000_000;

/**
 * Divides a path by the values of its channels. Touches of one channel share its value. A channel whose
 * value is below zero, or that the values do not know, gets nothing unless all are.
 */
function byChannel(path: Path, values: ChannelValues, reason: CreditReason): Weight[] {
  const touches = orderedTouches(path);
  const byItsChannel = groupBy(touches, ({ channel }) => channel);
  return touches.map((touch) => {
    const value = Math.max(0, values.get(touch.channel) ?? 0);
    const sharers = byItsChannel.get(touch.channel)?.length ?? 1;
    return { touch, weight: BigInt(Math.round((UNITS * value) / sharers)), reason };
  });
}
