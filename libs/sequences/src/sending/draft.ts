import type { RunningActivation } from '#activations';
import type { SendingIdentity } from '#brand';
import type { ContactForSending } from '#contacts';
import type { LeasedMessage, ReleasedClaim } from '#delivery';
import type { Locale } from '#kernel';

/** A leased message, with the id of the release that sends it. */
export type HeldMessage = LeasedMessage & ReleasedClaim;

/** A released message, with everything that it is built from. */
export interface Draft {
  readonly message: HeldMessage;
  readonly running: RunningActivation;
  readonly contact: ContactForSending;
  readonly identity: SendingIdentity;
  /** Hosts of the vendor's relays with the partner's consent, at the release. */
  readonly vendorHosts: readonly string[];
  readonly locale: Locale;
  /** The e-mail or time that was drawn for the contact; null: it is in no test. */
  readonly arm: string | null;
  /** The version whose test that is, by its number. */
  readonly armVersion: number | null;
  /** The variant that the ledger has for this recipient. */
  readonly variant: string | null;
}

/** Whether no attempt of the message was counted before. */
export const isFirstAttempt = ({ message }: Pick<Draft, 'message'>): boolean => message.frequencyUseAt === null;
