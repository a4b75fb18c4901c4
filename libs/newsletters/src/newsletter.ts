import type { Localised } from '#content';
import { type CampaignId, DomainError, type Id, type PartnerGroupId, type PartnerRole, type VendorId } from '#kernel';

export type NewsletterId = Id<'newsletter'>;
export type RecipientId = Id<'newsletter-recipient'>;
export type NewsletterState = 'draft' | 'scheduled' | 'sending' | 'sent';

/** The recipients of a newsletter. */
export interface NewsletterAudience {
  /** Partners in any of these; empty: all active partners. */
  readonly groupIds: readonly PartnerGroupId[];
  /** Of people; empty: all. */
  readonly roles: readonly PartnerRole[];
}

/** A newsletter of a vendor. Its content is the newest version of its draft. */
export interface Newsletter extends NewsletterAudience {
  readonly id: NewsletterId;
  readonly vendorId: VendorId;
  readonly campaignId: CampaignId;
  /** The vendor's postal address, in the footer. */
  readonly senderAddress: string;
  readonly state: NewsletterState;
  /** When it is sent; null for a draft. */
  readonly sendAt: Date | null;
  readonly scheduledBy: string | null;
  readonly sentAt: Date | null;
  readonly createdAt: Date;
  readonly createdBy: string;
}

/** A newsletter with what its draft says. */
export interface TitledNewsletter extends Newsletter {
  readonly title: Localised;
  readonly locales: readonly string[];
}

const NEXT: Readonly<Record<NewsletterState, readonly NewsletterState[]>> = {
  draft: ['scheduled'],
  scheduled: ['draft', 'sending'],
  sending: ['sent'],
  sent: [],
};

/** @throws DomainError `newsletter.wrong-state`. */
export function requireMove({ id, state }: Pick<Newsletter, 'id' | 'state'>, to: NewsletterState): void {
  if (NEXT[state].includes(to)) return;
  throw new DomainError('newsletter.wrong-state', WAY_OUT[state], { newsletterId: id, state }, { kind: 'conflict' });
}

/** @throws DomainError `newsletter.wrong-state` once it is scheduled. */
export function requireDraft({ id, state }: Pick<Newsletter, 'id' | 'state'>): void {
  if (state === 'draft') return;
  throw new DomainError('newsletter.wrong-state', WAY_OUT[state], { newsletterId: id, state }, { kind: 'conflict' });
}

const WAY_OUT: Readonly<Record<NewsletterState, string>> = {
  draft: 'This newsletter is a draft: there is no sending to cancel.',
  scheduled: 'This newsletter is scheduled. Cancel the sending, then change it.',
  sending: 'This newsletter is being sent, which cannot be stopped. Duplicate it to write another one.',
  sent: 'This newsletter was sent. Duplicate it to write another one.',
};

/** How many people a vendor must write to before it is told what they chose and did. */
const LEAST_PEOPLE = 5;

/** What became of a newsletter, in people. */
export interface NewsletterCounts {
  readonly people: number;
  readonly partners: number;
  readonly waiting: number;
  readonly accepted: number;
  readonly refused: number;
  /** People who get no e-mail: in the portal or the weekly summary only. */
  readonly withoutEmail: number;
  readonly opened: number;
  readonly clicked: number;
  readonly unsubscribed: number;
}

type Deeds = Omit<NewsletterCounts, 'people' | 'partners'>;

/** Null: too few people, so that a number would name them. */
export type NewsletterResults = Pick<NewsletterCounts, 'people' | 'partners'> & {
  readonly [Deed in keyof Deeds]: number | null;
};

/** A number about people; null if they are few, because it would name them. */
export const shownOf = (people: number, count: number): number | null => (people >= LEAST_PEOPLE ? count : null);

const HIDDEN: { readonly [Deed in keyof Deeds]: null } = {
  waiting: null,
  accepted: null,
  refused: null,
  withoutEmail: null,
  opened: null,
  clicked: null,
  unsubscribed: null,
};

/** What the vendor may see. Of few people all is hidden: what one number hides, a subtraction of others tells. */
export function resultsShown(counts: NewsletterCounts): NewsletterResults {
  const { people, partners } = counts;
  return people >= LEAST_PEOPLE ? counts : { people, partners, ...HIDDEN };
}
