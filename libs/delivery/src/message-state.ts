/** The states of a message, and the states that may follow. */
const NEXT = {
  // `unknown`: it may have been sent before a backup was restored. Outcomes: an
  // earlier attempt turned out to have arrived.
  planned: ['leased', 'skipped', 'unknown', 'accepted', 'delivered', 'bounced', 'complained'],
  leased: ['releasing', 'planned', 'skipped', 'unknown', 'accepted', 'delivered', 'bounced', 'complained'],
  releasing: ['accepted', 'planned', 'failed', 'unknown'],
  accepted: ['delivered', 'bounced', 'complained'],
  delivered: ['bounced', 'complained'],
  bounced: ['complained'],
  complained: [],
  failed: [],
  skipped: [],
  // A process that was thought dead may still report.
  unknown: ['accepted', 'planned', 'failed', 'closed_unknown', 'delivered', 'bounced', 'complained'],
  // Evidence may come after it was closed.
  closed_unknown: ['accepted', 'delivered', 'bounced', 'complained'],
} as const satisfies Record<string, readonly string[]>;

export type MessageState = keyof typeof NEXT;

/** The states that may lead to a state, for the WHERE of a statement. */
export function statesBefore(to: MessageState): MessageState[] {
  return (Object.keys(NEXT) as MessageState[]).filter((from) => (NEXT[from] as readonly string[]).includes(to));
}

/**
 * The times of a claim in milliseconds, all derived from `SEND_LEASE_SECONDS`.
 */
export interface LeaseTimes {
  /**
   * While its chunk is in the queue. If the queue is lost, its messages wait
   * this long.
   */
  readonly queuedMs: number;
  /** From the release to an outcome. */
  readonly submissionMs: number;
  /**
   * For each other answer, and for a connection (RFC 5321, 4.5.3.2: five
   * minutes). It leaves time for another relay.
   */
  readonly answerMs: number;
  /**
   * For the answer to end-of-data (RFC 5321, 4.5.3.2.6: ten minutes). It fits
   * into the lease.
   */
  readonly endOfDataMs: number;
  /** End-of-data is not sent when less than this is left. */
  readonly guardMs: number;
  /** Between two sweeps for expired leases. */
  readonly sweepMs: number;
}

/** Derives all times of a claim from the lease in seconds. */
export function leaseTimes(leaseSeconds: number): LeaseTimes {
  const submissionMs = leaseSeconds * 1000;
  return {
    queuedMs: submissionMs / 3,
    submissionMs,
    answerMs: submissionMs / 3,
    endOfDataMs: (submissionMs * 2) / 3,
    guardMs: submissionMs / 15,
    sweepMs: submissionMs / 15,
  };
}
