import type { ContactId, ContactListId } from '#kernel';
import type { PolicyReason } from './policy-reason.js';

/**
 * The contact lists of a launch. The contacts of `include` enter, each once,
 * but for those who are on a list of `exclude`.
 */
export interface LaunchLists {
  /** Empty: the launch is open to new contacts only. */
  readonly include: readonly ContactListId[];
  readonly exclude: readonly ContactListId[];
}

/**
 * Why a contact that may be written to is left out of a launch. `already-got`:
 * the campaign reached it before. `on-exclusion-list`: it is on a list that the
 * launch leaves out. `enters-later`: the campaign begins with what people do or
 * on a date, not with a list. `held-out`: it is in the share that gets nothing, so that
 * the effect can be measured. The others: it is in a conversation with the
 * partner, or a user has taken it out of campaigns.
 */
export type LaunchExclusion =
  | 'already-got'
  | 'on-exclusion-list'
  | 'enters-later'
  | 'held-out'
  | 'answered'
  | 'became-lead'
  | 'deal-won'
  | 'taken-out';

/**
 * How many of some lists will get a campaign, and why the others will not, for one
 * batch.
 */
export interface Audience {
  /**
   * All on the lists, each once: recipients, skipped contacts, and contacts not
   * checked yet. Null in batches after the first, where there are several lists:
   * counting them is a tenth of the work of each batch.
   */
  readonly total: number | null;
  readonly willGet: number;
  readonly skipped: readonly { readonly reason: PolicyReason | LaunchExclusion; readonly count: number }[];
  /** The last contact of this batch; null when no contact is left. */
  readonly nextAfter: ContactId | null;
}

/** A contact of the lists that the campaign would be sent to. */
export interface Recipient {
  readonly id: ContactId;
  /** BCP 47; null: unknown. */
  readonly language: string | null;
}

/** Called with the recipients of each page. */
export type OnRecipients = (page: readonly Recipient[]) => Promise<void>;

/** Those of a page of contacts who are left out of the launch, and why. */
export type LaunchExclusions = (ids: readonly ContactId[]) => Promise<ReadonlyMap<ContactId, LaunchExclusion>>;
