import type { Id, VendorId } from '#kernel';
import type { SubmissionOutcome, TlsMode } from '#mailer';
import type { LookUpTarget } from './look-up/look-up.js';
import type { LookUpSettings } from './look-up/relay-look-ups.service.js';

export type RelayId = Id<'relay'>;
type RelayState = 'untried' | 'healthy' | 'unhealthy';

/** Look-up settings and state of a relay, without the key. */
interface RelayLookUp extends LookUpTarget {
  /** Why the provider cannot be asked now. */
  readonly problem: string | null;
  /** The same as a code of `LOOK_UP_FAILURES`. */
  readonly problemCode: string | null;
  /**
   * Time of the last look-up (ISO 8601); null before the first unknown message.
   */
  readonly lookedUpAt: string | null;
}

/** An SMTP server that accepts mail, without its password. */
export interface Relay {
  readonly id: RelayId;
  /** Null: the installation's, for vendors without relays of their own. */
  readonly vendorId: VendorId | null;
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly tls: TlsMode;
  readonly username: string | null;
  /** Lower is tried first. */
  readonly priority: number;
  /** Simultaneous connections of each scheduler. */
  readonly connections: number;
  readonly enabled: boolean;
  readonly lookUp: RelayLookUp | null;
  readonly state: RelayState;
  readonly stateSince: Date;
  /** Why it is unhealthy; hostile text. */
  readonly problem: string | null;
  readonly checkedAt: Date | null;
  /** Time of the next health check. */
  readonly nextCheckAt: Date;
  readonly revision: number;
}

/** The settings that a user chooses. */
export interface RelaySettings {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly tls: TlsMode;
  readonly username: string | null;
  /** Omitted: the stored password stays. */
  readonly password?: string | undefined;
  readonly priority: number;
  readonly connections: number;
  readonly enabled: boolean;
  /** Null turns the look-up off; omitted: it stays. */
  readonly lookUp?: LookUpSettings | null | undefined;
}

/** The priority of `SMTP_URL` among the installation's relays. */
export const SMTP_URL_PRIORITY = 100;
/**
 * SMTP, submission over TLS, submission (RFC 8314, RFC 6409), and the usual
 * alternative where 587 is blocked.
 */
export const RELAY_PORTS: readonly number[] = [25, 465, 587, 2525];

const HEALTHY_CHECK_MS = 60_000;
const FIRST_BACK_OFF_MS = 5_000;
const LONGEST_BACK_OFF_MS = 5 * 60_000;

/**
 * Milliseconds until the next health check.
 * @param failures in a row; 0 for a healthy relay.
 */
export function nextCheckMs(failures: number): number {
  return failures === 0 ? HEALTHY_CHECK_MS : Math.min(FIRST_BACK_OFF_MS * 2 ** (failures - 1), LONGEST_BACK_OFF_MS);
}

/**
 * Whether a message may be submitted to the next relay: only if this one has
 * certainly not accepted it, and the refusal was about the relay or our
 * session. An `unknown` outcome stays, and a refusal by the recipient's server
 * is not circumvented.
 */
export function mayTryNextRelay(outcome: SubmissionOutcome): boolean {
  return outcome.kind === 'transient' && (outcome.about === 'relay' || outcome.about === 'sender');
}
