/**
 * The life of a message in the ledger: planned → leased → handing_off → accepted → (delivered | bounced | complained), or failed,
 * or skipped before it was handed over, or unknown when no answer to the dot came, and closed_unknown when nobody will know.
 */
export type MessageState =
  | 'planned'
  | 'leased'
  | 'handing_off'
  | 'accepted'
  | 'delivered'
  | 'bounced'
  | 'complained'
  | 'failed'
  | 'skipped'
  | 'unknown'
  | 'closed_unknown';

/** Minutes until the next try after attempt `attempt` failed before the dot or with 4xx: 1, 5, 15, 60, then hourly. */
export function retryDelayMinutes(attempt: number): number {
  return [1, 5, 15, 60][Math.max(0, attempt - 1)] ?? 60;
}

/** After this many tries a transient refusal is final. */
export const MAX_ATTEMPTS = 12;

/** How long a claim holds: longer than the ten minutes that an answer to the dot may take (RFC 5321, 4.5.3.2.6). */
export const LEASE_MINUTES = 15;
