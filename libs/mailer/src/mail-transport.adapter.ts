import type { VendorId } from '#kernel';
import type { SubmissionOutcome, StopReason } from './submission-outcome.js';

/** A report that is asked for with a message. */
export interface ReportRequest {
  /** `ENVID`: comes back with every report. ASCII letters, digits and `-`. */
  readonly envelopeId: string;
  /** Whether also of delivery, and not only of failure. */
  readonly ofSuccess: boolean;
}

export interface Envelope {
  /** Return path (VERP). */
  readonly from: string;
  readonly to: string;
  /** What the relay is asked to report (RFC 3461), where it offers that. */
  readonly report?: ReportRequest;
  /** On whose campaign it is: that vendor's relays take it. The platform's own letters leave it out. */
  readonly vendorId?: VendorId;
  /** Whose mail it is: streams take turns where connections are few. Left out: all letters of the platform are one. */
  readonly stream?: string;
}

export interface SubmissionHooks {
  /** Called before a relay is handed the message, by its name in the ledger; where it goes on to another one, once more. */
  readonly onRelay?: (relay: string) => void;
  /** Asked first when a connection is free: why the message shall stay here after all, by this relay or another; null where it shall not. */
  readonly stopReason?: () => Promise<StopReason | null> | StopReason | null;
  /** Asked when a connection is free: false where the message had better go elsewhere by now. */
  readonly isStillPreferred?: () => boolean;
  /** Awaited when everything but the end of data has left this process; rejecting aborts while nothing was taken. */
  readonly beforeEndOfData?: () => Promise<void> | void;
  /** Called synchronously at the very last point before the end of data; throwing aborts while nothing was taken. */
  readonly guard?: () => void;
  /** Called right after the 250, before anything else. */
  readonly onAccepted?: () => void;
}

/** The port to whoever takes mail: SMTP in the product, memory where a test is about something else. */
export abstract class MailTransport {
  /**
   * Never throws for what the other side does: every outcome is a value.
   * @param raw the message in pieces (RFC 5322, CRLF line ends, the last piece ends with one). They are not read any more once it is
   * accepted: other messages may be written there.
   */
  abstract submit(envelope: Envelope, raw: readonly Buffer[], hooks?: SubmissionHooks): Promise<SubmissionOutcome>;
  /**
   * Milliseconds until the relay is worth trying again; 0 while it answers. Claiming more before would only age leases.
   * @param vendorId for that vendor's mail; left out: until any relay of anybody is.
   */
  abstract backOffMs(vendorId?: VendorId): number;
  abstract close(): Promise<void>;
}
