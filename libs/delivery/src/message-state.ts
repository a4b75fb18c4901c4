/** The life of a message in the ledger, and where it can go from each state. */
export const NEXT = {
  planned: ['leased', 'skipped'],
  leased: ['handing_off', 'planned', 'skipped'],
  handing_off: ['accepted', 'planned', 'failed', 'unknown'],
  accepted: ['delivered', 'bounced', 'complained'],
  delivered: ['bounced', 'complained'],
  bounced: [],
  complained: [],
  failed: [],
  skipped: [],
  unknown: ['accepted', 'planned', 'closed_unknown'],
  closed_unknown: [],
} as const satisfies Record<string, readonly string[]>;

export type MessageState = keyof typeof NEXT;

/** Minutes until the next try after attempt `attempt` failed before the dot or with 4xx: 1, 5, 15, 60, then hourly. */
export function retryDelayMinutes(attempt: number): number {
  return [1, 5, 15, 60][Math.max(0, attempt - 1)] ?? 60;
}

/** After this many tries a transient refusal is final. */
export const MAX_ATTEMPTS = 12;

/** How long a claim holds: longer than the ten minutes that an answer to the dot may take (RFC 5321, 4.5.3.2.6). */
export const LEASE_MINUTES = 15;
