import type { ContactId } from '#kernel';
import type { PolicyReason } from './policy-reason.js';

/**
 * Why a contact that may be written to is left out of a launch. `already-got`:
 * the campaign reached it before. The others: it is in a conversation with the
 * partner, or a user has taken it out of campaigns.
 */
export type LaunchExclusion = 'already-got' | 'answered' | 'became-lead' | 'deal-won' | 'taken-out';

/**
 * How many of a list will get a campaign, and why the others will not, for one
 * batch.
 */
export interface Audience {
  /**
   * All on the list: recipients, skipped contacts, and contacts not checked
   * yet.
   */
  readonly total: number;
  readonly willGet: number;
  readonly skipped: readonly { readonly reason: PolicyReason | LaunchExclusion; readonly count: number }[];
  /** The last contact of this batch; null when no contact is left. */
  readonly nextAfter: ContactId | null;
}

/** A contact of a list that the campaign would be sent to. */
export interface Recipient {
  readonly id: ContactId;
  /** BCP 47; null: unknown. */
  readonly language: string | null;
}

/** Called with the recipients of each page. */
export type OnRecipients = (page: readonly Recipient[]) => Promise<void>;

/** Those of a page of contacts who are left out of the launch, and why. */
export type LaunchExclusions = (ids: readonly ContactId[]) => Promise<ReadonlyMap<ContactId, LaunchExclusion>>;
