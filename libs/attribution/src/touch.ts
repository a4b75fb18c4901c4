/** What a touch can be credited to: a step of a campaign, or a tactic in a channel, by a stable id. */
export type ChannelId = string;

/** One interaction of a person that may have helped to win a deal. */
export interface Touch {
  /** Unique within a path. */
  readonly id: string;
  readonly channel: ChannelId;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The touches of a deal's people before it was won, and the time at which a lead came of them. */
export interface Path {
  readonly touches: readonly Touch[];
  /** Milliseconds since 1970; null where the deal came without a lead. */
  readonly leadAt: number | null;
  /** Milliseconds since 1970. */
  readonly closedAt: number;
}

/**
 * The touches of a path in the order of their times, without those after the deal closed. Touches of the
 * same millisecond are ordered by their ids, so that every machine reads the same path.
 */
export function orderedTouches({ touches, closedAt }: Path): readonly Touch[] {
  return touches
    .filter(({ at }) => at <= closedAt)
    .toSorted((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
}
