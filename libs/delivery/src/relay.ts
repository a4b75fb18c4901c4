import type { Id, VendorId } from '#kernel';
import type { SubmissionOutcome, TlsMode } from '#mailer';
import type { LookUpTarget } from './look-up/look-up.js';
import type { LookUpSettings } from './look-up/relay-look-ups.service.js';

export type RelayId = Id<'relay'>;
export type RelayState = 'untried' | 'healthy' | 'unhealthy';

/** Where messages that a relay left in doubt are looked up, without the key. */
interface RelayLookUp extends LookUpTarget {
  /** Why nobody can ask there now. */
  readonly problem: string | null;
  /** The same by its name in `LOOK_UP_FAILURES`. */
  readonly trouble: string | null;
  /** When it was asked last (ISO 8601); null before the first unknown message. */
  readonly askedAt: string | null;
}

/** A server that takes mail, as whoever looks after it sees it: without its password. */
export interface Relay {
  readonly id: RelayId;
  /** Null: the installation's, for everybody who has none. */
  readonly vendorId: VendorId | null;
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly tls: TlsMode;
  readonly username: string | null;
  /** The lowest is tried first. */
  readonly priority: number;
  /** Connections at once, of each scheduler. */
  readonly connections: number;
  readonly enabled: boolean;
  readonly lookUp: RelayLookUp | null;
  readonly state: RelayState;
  readonly stateSince: Date;
  /** Why it is unhealthy; hostile text. */
  readonly problem: string | null;
  readonly checkedAt: Date | null;
  /** When it is looked at again. */
  readonly nextCheckAt: Date;
  readonly revision: number;
}

/** What is chosen of a relay. */
export interface RelaySettings {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly tls: TlsMode;
  readonly username: string | null;
  /** Left out where the known one stays. */
  readonly password?: string | undefined;
  readonly priority: number;
  readonly connections: number;
  readonly enabled: boolean;
  /** Null: messages are looked up nowhere; left out where it stays as it is. */
  readonly lookUp?: LookUpSettings | null | undefined;
}

/** The place of `SMTP_URL` among the installation's relays. */
export const SMTP_URL_PRIORITY = 100;
/** Where mail is taken: smtp, submission over TLS, submission (RFC 8314, RFC 6409), and the port that stands in for a blocked 587. */
export const RELAY_PORTS: readonly number[] = [25, 465, 587, 2525];

const HEALTHY_CHECK_MS = 60_000;
const FIRST_BACK_OFF_MS = 5_000;
const LONGEST_BACK_OFF_MS = 5 * 60_000;

/** Milliseconds until a relay is looked at again. @param failures in a row; 0 for one that is well. */
export function nextCheckMs(failures: number): number {
  return failures === 0 ? HEALTHY_CHECK_MS : Math.min(FIRST_BACK_OFF_MS * 2 ** (failures - 1), LONGEST_BACK_OFF_MS);
}

/**
 * Whether a message may go by the next relay: only where this one has certainly not taken it, and has said nothing of its recipient or of
 * itself. After the end of data nobody knows (`unknown`), and what a recipient's server asks for is not got around.
 */
export function mayTryNextRelay(outcome: SubmissionOutcome): boolean {
  return outcome.kind === 'transient' && (outcome.about === 'relay' || outcome.about === 'sender');
}
