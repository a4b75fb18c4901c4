import type { VendorId } from '#kernel';
import type { SubmissionOutcome, StopReason } from './submission-outcome.js';

/** A delivery report to request from the relay (RFC 3461). */
export interface ReportRequest {
  /** `ENVID`, returned with each report. ASCII letters, digits and `-`. */
  readonly envelopeId: string;
  /** Whether to report delivery, not only failure. */
  readonly ofSuccess: boolean;
}

export interface Envelope {
  /** Return path (VERP). */
  readonly from: string;
  readonly to: string;
  /** Requested if the relay supports RFC 3461. */
  readonly report?: ReportRequest;
  /** The vendor whose relays are used. Omitted for system e-mails. */
  readonly vendorId?: VendorId;
  /**
   * Hosts of that vendor's relays that the partner has agreed to. No other relay
   * of a vendor is used.
   */
  readonly vendorHosts?: readonly string[];
  /**
   * Streams share the connections round-robin. Omitted for system e-mails,
   * which are one stream.
   */
  readonly stream?: string;
}

export interface SubmissionHooks {
  /** Called before each relay that is tried, with its name in the ledger. */
  readonly onRelay?: (relay: string) => void;
  /**
   * Called first, when a connection is free. Returns why the message must not
   * be sent now, or null.
   */
  readonly stopReason?: () => Promise<StopReason | null> | StopReason | null;
  /** Called when a connection is free. False: use another relay. */
  readonly isStillPreferred?: () => boolean;
  /**
   * Awaited after everything but end-of-data has left this process. A rejection
   * aborts; nothing was accepted.
   */
  readonly beforeEndOfData?: () => Promise<void> | void;
  /**
   * Called synchronously right before end-of-data. Throwing aborts; nothing was
   * accepted.
   */
  readonly guard?: () => void;
  /** Called right after the 250. */
  readonly onAccepted?: () => void;
}

/** Port to a mail relay: SMTP in the product, memory in some tests. */
export abstract class MailTransport {
  /**
   * Submits one message. Outcomes of the relay are returned, not thrown.
   * @param raw the message in pieces (RFC 5322, CRLF, the last piece ends with
   *   one). The buffers may be reused once it is accepted.
   */
  abstract submit(envelope: Envelope, raw: readonly Buffer[], hooks?: SubmissionHooks): Promise<SubmissionOutcome>;
  /**
   * Milliseconds until the relay is tried again; 0 if it works. Claiming
   * earlier would only use up leases.
   * @param vendorId for that vendor's mail; omitted: until any relay is usable.
   */
  abstract backOffMs(vendorId?: VendorId): number;
  abstract close(): Promise<void>;
}
