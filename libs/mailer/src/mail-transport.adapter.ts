/** What became of one hand-over, by the one question that counts: did the final dot go out, and was it answered? */
export type HandOver =
  /** 250 after the dot: the responsibility is the relay's. */
  | { readonly kind: 'accepted'; readonly response: string }
  /** Refused for now, or failed before the dot: nothing was taken, it may be tried again. */
  | { readonly kind: 'transient'; readonly code: number | null; readonly text: string }
  /** Refused for good. */
  | { readonly kind: 'permanent'; readonly code: number; readonly text: string }
  /** The dot went out and no answer came: only evidence from outside can tell (RFC 1047). */
  | { readonly kind: 'unknown'; readonly text: string };

export interface Envelope {
  /** Return path (VERP). */
  readonly from: string;
  readonly to: string;
}

export interface HandOverHooks {
  /** Called synchronously at the last point before the terminator; throwing aborts while nothing was taken. */
  readonly beforeDot?: () => void;
  /** Called right after the 250, before anything else. */
  readonly accepted?: () => void;
}

/** The port to whoever takes mail: SMTP in the product, memory where a test is about something else. */
export abstract class MailTransport {
  /** Never throws for what the other side does: every outcome is a value. */
  abstract handOver(envelope: Envelope, raw: Buffer, hooks?: HandOverHooks): Promise<HandOver>;
  abstract close(): Promise<void>;
}
