import type { Id, MembershipId, PartnerId } from '#kernel';
import type { ApplicationAnswer } from './application-form.js';

export type ApplicationId = Id<'application'>;

/** A company that asks to become a partner, as it describes itself. */
export interface NewApplication {
  readonly company: string;
  readonly website: string | null;
  readonly countryCode: string;
  readonly person: string;
  readonly email: string;
  /** Of e-mails to the applicant, BCP 47. */
  readonly locale: string;
  /** By the key of the question. */
  readonly answers: Readonly<Record<string, string>>;
}

/** An application whose address is proved: the vendor sees it. */
export interface Application extends Omit<NewApplication, 'answers'> {
  readonly id: ApplicationId;
  readonly answers: readonly ApplicationAnswer[];
  readonly confirmedAt: Date;
  /** Null: it waits for a person. */
  readonly decision: 'accepted' | 'refused' | null;
  /** Null: a rule of the form. */
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  /** What the applicant was told. */
  readonly reason: string | null;
  readonly partnerId: PartnerId | null;
  /** The membership of the distributor that proposes the company; null: it applied itself. */
  readonly distributorId: MembershipId | null;
  /** The person of the distributor. */
  readonly proposedBy: string | null;
  /** The distributor's name. */
  readonly distributorName: string | null;
}
