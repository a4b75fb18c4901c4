import type { VendorId } from '#kernel';
import type { HandOver, WhyStopped } from './hand-over.js';

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

export interface HandOverHooks {
  /** Called before a relay is handed the message, by its name in the ledger; where it goes on to another one, once more. */
  readonly asks?: (relay: string) => void;
  /** Asked first when a connection is free: why the message shall stay here after all, by this relay or another; null where it shall not. */
  readonly whyStopped?: () => Promise<WhyStopped | null> | WhyStopped | null;
  /** Asked when a connection is free: false where the message had better go elsewhere by now. */
  readonly isWanted?: () => boolean;
  /** Awaited when everything but the dot has left this process; rejecting aborts while nothing was taken. */
  readonly beforeDot?: () => Promise<void> | void;
  /** Called synchronously at the very last point before the dot; throwing aborts while nothing was taken. */
  readonly guard?: () => void;
  /** Called right after the 250, before anything else. */
  readonly accepted?: () => void;
}

/** The port to whoever takes mail: SMTP in the product, memory where a test is about something else. */
export abstract class MailTransport {
  /**
   * Never throws for what the other side does: every outcome is a value.
   * @param raw the message in pieces (RFC 5322, CRLF line ends, the last piece ends with one). They are not read any more once it is
   * accepted: other messages may be written there.
   */
  abstract handOver(envelope: Envelope, raw: readonly Buffer[], hooks?: HandOverHooks): Promise<HandOver>;
  /**
   * Milliseconds until the relay is worth trying again; 0 while it answers. Claiming more before would only age leases.
   * @param vendorId for that vendor's mail; left out: until any relay of anybody is.
   */
  abstract restsForMs(vendorId?: VendorId): number;
  abstract close(): Promise<void>;
}
