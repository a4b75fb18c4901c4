/** The life of a message in the ledger, and where it can go from each state. */
const NEXT = {
  // Unknown without a hand-over: it may have been handed over before a backup was restored.
  // Told of by whoever got it, after an earlier try: it is not sent again.
  planned: ['leased', 'skipped', 'unknown', 'accepted', 'delivered', 'bounced', 'complained'],
  leased: ['handing_off', 'planned', 'skipped', 'unknown', 'accepted', 'delivered', 'bounced', 'complained'],
  handing_off: ['accepted', 'planned', 'failed', 'unknown'],
  accepted: ['delivered', 'bounced', 'complained'],
  delivered: ['bounced', 'complained'],
  bounced: ['complained'],
  complained: [],
  failed: [],
  skipped: [],
  // A process that was thought dead may still come and tell.
  unknown: ['accepted', 'planned', 'failed', 'closed_unknown', 'delivered', 'bounced', 'complained'],
  // Evidence may come later than whoever lost patience.
  closed_unknown: ['accepted', 'delivered', 'bounced', 'complained'],
} as const satisfies Record<string, readonly string[]>;

export type MessageState = keyof typeof NEXT;

/** The states from which one way leads to another: what a statement names in its WHERE. */
export function statesBefore(to: MessageState): MessageState[] {
  return (Object.keys(NEXT) as MessageState[]).filter((from) => (NEXT[from] as readonly string[]).includes(to));
}

/** The times of a claim, all following from `SEND_LEASE_SECONDS`. */
export interface LeaseTimes {
  /** While its chunk waits in the queue: when the queue is lost, so long nothing of it is sent. */
  readonly queuedMs: number;
  /** From handing off to an outcome. */
  readonly submissionMs: number;
  /** Each other answer, and a connection, may take so long (RFC 5321, 4.5.3.2: five minutes): then there is time for another relay. */
  readonly answerMs: number;
  /** The answer to the end of data may take so long (RFC 5321, 4.5.3.2.6: ten minutes); it fits into the lease. */
  readonly endOfDataMs: number;
  /** End of data is not sent when less than this is left. */
  readonly guardMs: number;
  /** Between two looks for what is over. */
  readonly sweepMs: number;
}

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
