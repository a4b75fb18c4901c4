import { createCipheriv, createHash } from 'node:crypto';
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
  const tree = treeOf(sets);
  const lastTurns = new Int32Array(tree.parents.length);
  for (let drawn = 0; drawn < SAMPLED_ORDERS; drawn += 1)
    addGains(shuffled(channels.length, random), tree, lastTurns, sums);
  return Array.from(sums, (sum) => sum / SAMPLED_ORDERS);
}

/**
 * Sets as a tree: the set of a node is that of its parent with one more channel. Sets share their first channels, so
 * that a third of the steps is enough to find which channel of each comes last. In one array each for all: objects
 * took twice as long, read 2,000 times.
 */
interface SetTree {
  /** By node; each parent comes before its children. The root is node 0, its own parent. */
  readonly parents: Int32Array;
  /** The channel that a node adds; of the root, none. */
  readonly places: Int32Array;
  readonly converted: Float64Array;
  readonly all: Float64Array;
}

function treeOf(sets: readonly SeenSet[]): SetTree {
  const nodes = [{ parent: 0, place: 0, converted: 0, all: 0 }];
  const nodeOf = new Map<string, number>();
  for (const { places, converted, all } of sets) {
    let at = 0;
    for (const place of places) {
      const key = `${at} ${place}`;
      const next = nodeOf.get(key) ?? nodes.push({ parent: at, place, converted: 0, all: 0 }) - 1;
      nodeOf.set(key, next);
      at = next;
    }
    const node = nodes[at];
    if (node !== undefined) nodes[at] = { ...node, converted, all };
  }
  return {
    parents: Int32Array.from(nodes, ({ parent }) => parent),
    places: Int32Array.from(nodes, ({ place }) => place),
    converted: Float64Array.from(nodes, (node) => node.converted),
    all: Float64Array.from(nodes, (node) => node.all),
  };
}

/**
 * Adds to each channel by how much the worth of those before it grows when it comes. A path counts from its
 * last channel on.
 * @param lastTurns of each node; overwritten.
 */
function addGains(order: Int32Array, tree: SetTree, lastTurns: Int32Array, sums: Float64Array): void {
  const turnOf = new Int32Array(order.length);
  order.forEach((place, turn) => (turnOf[place] = turn));
  const converted = new Float64Array(order.length);
  const all = new Float64Array(order.length);
  for (let node = 1; node < tree.parents.length; node += 1) {
    const ofParent = lastTurns[tree.parents[node] ?? 0] ?? 0;
    const own = turnOf[tree.places[node] ?? 0] ?? 0;
    const last = own > ofParent ? own : ofParent;
    lastTurns[node] = last;
    add(converted, last, tree.converted[node] ?? 0);
    add(all, last, tree.all[node] ?? 0);
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

/** Each place takes that of one already drawn, which goes to the end (Durstenfeld's shuffle, inside out). */
function shuffled(n: number, random: (below: number) => number): Int32Array {
  const order = new Int32Array(n);
  for (let place = 0; place < n; place += 1) {
    const at = random(place + 1);
    order[place] = order[at] ?? 0;
    order[at] = place;
  }
  return order;
}

/** Bytes of random numbers that are made at once: a multiple of a number's six. */
const BLOCK = 6 * 1024;

/**
 * Integers below a bound, from the key stream of AES-256-CTR (NIST SP 800-38A) whose key is SHA-256 of a seed: the same
 * on every machine. One hash for each five numbers took fifty times as long: 0.2 s for 100 channels.
 */
function randomIntegers(seed: string): (below: number) => number {
  const cipher = createCipheriv('aes-256-ctr', createHash('sha256').update(seed).digest(), Buffer.alloc(16));
  const zeros = Buffer.alloc(BLOCK);
  let block = Buffer.alloc(0);
  let offset = 0;
  return (below) => {
    if (offset === block.length) {
      block = cipher.update(zeros);
      offset = 0;
    }
    const drawn = block.readUIntBE(offset, 6);
    offset += 6;
    return drawn % below;
  };
}
