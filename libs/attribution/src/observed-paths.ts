import type { ChannelId } from './touch.js';

/** Equal paths of people, whether they ended in a deal or not: what Markov and Shapley learn from. */
export interface ObservedPath {
  /** In the order of the touches. */
  readonly channels: readonly ChannelId[];
  /** How many of these paths ended in a deal. */
  readonly converted: number;
  /** How many did not. */
  readonly lost: number;
}

/** How much each channel is worth beside the others: none below zero. */
export type ChannelValues = ReadonlyMap<ChannelId, number>;

/** The channels of paths, each once, in the order of their ids. */
export function channelsOf(paths: readonly ObservedPath[]): ChannelId[] {
  return [...new Set(paths.flatMap(({ channels }) => channels))].toSorted();
}
