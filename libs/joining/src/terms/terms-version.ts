import { createHash } from 'node:crypto';
import { DomainError } from '#kernel';

/** A calendar date (UTC): `2027-03-05`. */
export type Day = string;

/** A version of the terms of a vendor's programme. It is never changed. */
export interface TermsVersion {
  readonly number: number;
  /** By language, BCP 47. */
  readonly texts: Readonly<Record<string, string>>;
  readonly effectiveOn: Day;
  readonly acceptBy: Day;
  /** After `acceptBy`, a partner that has not accepted it launches nothing. */
  readonly isRequired: boolean;
}

/** A partner's acceptance of a version. */
export interface TermsAcceptance {
  readonly number: number;
  readonly acceptedBy: string;
  readonly acceptedAt: Date;
  /** Of the text that the person read. */
  readonly language: string;
  /** SHA-256 of that text in UTF-8, hexadecimal. */
  readonly textHash: string;
}

export const dayOf = (instant: Date): Day => instant.toISOString().slice(0, 10);

export const textHash = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** @throws DomainError `programme-terms.day-past`, naming the field. */
export function requireDaysToCome(terms: Pick<TermsVersion, 'effectiveOn' | 'acceptBy'>, today: Day): void {
  const field = (['effectiveOn', 'acceptBy'] as const).find((one) => terms[one] < today);
  if (field === undefined) return;
  throw new DomainError(
    'programme-terms.day-past',
    `${terms[field]} is over. Choose today or a later day, so that partners can read the terms first.`,
    { field, day: terms[field] },
  );
}

/**
 * The last day of acceptance that a partner has missed; null: it can launch.
 * Each version has its own day, also when a newer one is published. Acceptance
 * of a version covers all versions before it.
 * @param accepted the newest version that the partner has accepted; 0: none.
 */
export function missedDay(
  versions: readonly Pick<TermsVersion, 'number' | 'acceptBy' | 'isRequired'>[],
  accepted: number,
  today: Day,
): Day | null {
  const missed = versions
    .filter(({ number, acceptBy, isRequired }) => isRequired && number > accepted && acceptBy < today)
    .map(({ acceptBy }) => acceptBy)
    .sort();
  return missed[0] ?? null;
}
