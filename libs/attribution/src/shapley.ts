import { createHash } from 'node:crypto';
import { type ChannelValues, channelsOf, type ObservedPath } from './observed-paths.js';

/** The table of all sets of 16 channels has 65,536 rows and takes 20 ms; each more channel doubles it. */
export const EXACT_CHANNELS = 16;
const SAMPLED_ORDERS = 2000;

/** Paths that touched the same channels, by their places. */
interface SeenSet {
  readonly places: readonly number[];
  converted: number;
  all: number;
}

/**
 * The Shapley value of each channel. The worth of a set of channels is the part of the paths that touched
 * no other channel and ended in a deal. Exact for up to 16 channels, by the table of all sets; above, the
 * mean over 2,000 orders of the channels, drawn from a seed that the channels give, so that everybody draws
 * the same.
 *
 * The worth is a rate and not a number: with numbers, each path would be divided equally among its
 * channels, and paths without a deal would count for nothing.
 *
 * Sources: Shapley, "A value for n-person games" (1953); Castro, Gómez, Tejada, "Polynomial calculation of
 * the Shapley value based on sampling", Computers & Operations Research 36 (2009), 1726-1730.
 * @returns A value per channel. They sum to the worth of all channels. One is negative where paths with
 *   the channel end in fewer deals.
 */
export function shapleyValues(paths: readonly ObservedPath[]): ChannelValues {
  const channels = channelsOf(paths);
  const sets = seenSets(paths, channels);
  const values = channels.length <= EXACT_CHANNELS ? exact(channels.length, sets) : sampled(channels, sets);
  return new Map(channels.map((channel, place) => [channel, values[place] ?? 0]));
}

function seenSets(paths: readonly ObservedPath[], channels: readonly string[]): SeenSet[] {
  const placeOf = new Map(channels.map((channel, place) => [channel, place]));
  const sets = new Map<string, SeenSet>();
  for (const { channels: path, converted, lost } of paths) {
    if (path.length === 0) continue;
    const places = [...new Set(path.map((channel) => placeOf.get(channel) ?? 0))].toSorted((one, other) => one - other);
    const key = places.join();
    const set = sets.get(key) ?? { places, converted: 0, all: 0 };
    set.converted += converted;
    set.all += converted + lost;
    sets.set(key, set);
  }
  return [...sets.values()];
}

/** Sets are bit masks: bit 0 is the first channel. */
function exact(n: number, sets: readonly SeenSet[]): number[] {
  const worth = worthOfAllSets(n, sets);
  const shares = sharesOfSizes(n);
  const sizes = new Uint8Array(1 << n);
  for (let set = 1; set < sizes.length; set += 1) sizes[set] = (sizes[set >> 1] ?? 0) + (set & 1);
  return Array.from({ length: n }, (_, place) => {
    const own = 1 << place;
    let value = 0;
    for (let set = 0; set < sizes.length; set += 1) {
      if ((set & own) !== 0) continue;
      value += (shares[sizes[set] ?? 0] ?? 0) * ((worth[set | own] ?? 0) - (worth[set] ?? 0));
    }
    return value;
  });
}

/** By sums over subsets, one channel after the other (Yates): n x 2^n additions instead of 4^n. */
function worthOfAllSets(n: number, sets: readonly SeenSet[]): Float64Array {
  const converted = new Float64Array(1 << n);
  const all = new Float64Array(1 << n);
  for (const { places, ...count } of sets) {
    const mask = places.reduce((bits, place) => bits | (1 << place), 0);
    add(converted, mask, count.converted);
    add(all, mask, count.all);
  }
  for (let place = 0; place < n; place += 1) {
    const bit = 1 << place;
    for (let set = 0; set < all.length; set += 1) {
      if ((set & bit) === 0) continue;
      add(converted, set, converted[set ^ bit] ?? 0);
      add(all, set, all[set ^ bit] ?? 0);
    }
  }
  return converted.map((count, set) => rate(count, all[set] ?? 0));
}

/**
 * The part of all orders in which a channel comes right after a certain set of a size: size! (n - size -
 * 1)! / n!
 */
function sharesOfSizes(n: number): number[] {
  let share = 1 / n;
  return Array.from({ length: n }, (_, size) => (size === 0 ? share : (share *= size / (n - size))));
}

function sampled(channels: readonly string[], sets: readonly SeenSet[]): number[] {
  const random = randomIntegers(channels.join('\n'));
  const sums = new Float64Array(channels.length);
  const flat = flattened(sets);
  for (let drawn = 0; drawn < SAMPLED_ORDERS; drawn += 1) addGains(shuffled(channels.length, random), flat, sums);
  return Array.from(sums, (sum) => sum / SAMPLED_ORDERS);
}

/** Sets in one array each for all: objects took twice as long, read 2,000 times. */
interface FlatSets {
  /** Of all sets, one after the other. */
  readonly places: Int32Array;
  /** Where each set ends in `places`. */
  readonly ends: Int32Array;
  readonly converted: Float64Array;
  readonly all: Float64Array;
}

function flattened(sets: readonly SeenSet[]): FlatSets {
  let end = 0;
  return {
    places: Int32Array.from(sets.flatMap(({ places }) => places)),
    ends: Int32Array.from(sets, ({ places }) => (end += places.length)),
    converted: Float64Array.from(sets, (set) => set.converted),
    all: Float64Array.from(sets, (set) => set.all),
  };
}

/**
 * Adds to each channel by how much the worth of those before it grows when it comes. A path counts from its
 * last channel on.
 */
function addGains(order: readonly number[], sets: FlatSets, sums: Float64Array): void {
  const turnOf = new Int32Array(order.length);
  order.forEach((place, turn) => (turnOf[place] = turn));
  const converted = new Float64Array(order.length);
  const all = new Float64Array(order.length);
  let at = 0;
  for (let set = 0; set < sets.ends.length; set += 1) {
    let last = 0;
    for (const end = sets.ends[set] ?? 0; at < end; at += 1) {
      const turn = turnOf[sets.places[at] ?? 0] ?? 0;
      if (turn > last) last = turn;
    }
    add(converted, last, sets.converted[set] ?? 0);
    add(all, last, sets.all[set] ?? 0);
  }
  let [before, convertedYet, allYet] = [0, 0, 0];
  order.forEach((place, turn) => {
    convertedYet += converted[turn] ?? 0;
    allYet += all[turn] ?? 0;
    const after = rate(convertedYet, allYet);
    add(sums, place, after - before);
    before = after;
  });
}

function add(sums: Float64Array, place: number, summand: number): void {
  sums[place] = (sums[place] ?? 0) + summand;
}

function rate(converted: number, all: number): number {
  return all > 0 ? converted / all : 0;
}

/** Each place goes before one of those already drawn, or to the end. */
function shuffled(n: number, random: (below: number) => number): number[] {
  const places: number[] = [];
  for (let place = 0; place < n; place += 1) places.splice(random(place + 1), 0, place);
  return places;
}

/** Integers below a bound, from SHA-256 of a seed and a counter: the same on every machine. */
function randomIntegers(seed: string): (below: number) => number {
  // The names of 100 channels are 4 KB: hashed once.
  const seeded = createHash('sha256').update(`${seed}\n`);
  let counter = 0;
  let block = Buffer.alloc(0);
  let offset = 0;
  return (below) => {
    if (offset + 6 > block.length) {
      block = seeded.copy().update(String(counter)).digest();
      counter += 1;
      offset = 0;
    }
    const drawn = block.readUIntBE(offset, 6);
    offset += 6;
    return drawn % below;
  };
}
