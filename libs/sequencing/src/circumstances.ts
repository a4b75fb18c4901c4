import type { Facts } from './condition.js';
import type { Postponement } from './postponement.js';
import type { DateRange } from './step.js';

/**
 * What a partner has chosen at launch, as far as the campaign leaves it open.
 */
export interface PartnerChoices {
  /** Days by which an action comes later than the vendor planned, by step. */
  readonly shiftDays: Readonly<Record<string, number>>;
  readonly skip: readonly string[];
  /** Days on which the partner wants nothing to be sent. */
  readonly blackouts: readonly DateRange[];
  /** The partner refuses the campaign's hold-out: all contacts get it. */
  readonly withoutHoldOut?: boolean | undefined;
  /**
   * Holidays of the partner's calendar, besides the campaign's.
   * Not chosen at launch.
   */
  readonly holidays?: Holidays | undefined;
  /** They close unless the campaign sends on them. Not chosen at launch. */
  readonly publicHolidays?: PublicHolidayDays | undefined;
  /** Postponements in order. Not chosen at launch. */
  readonly postponements?: readonly Postponement[] | undefined;
}

/** Dates by country, `DE`; `all` applies to every contact. */
type Holidays = Readonly<Record<string, readonly string[]>>;

/** The public holidays of all countries. */
export interface PublicHolidayDays {
  /**
   * @param country of the contact, ISO 3166-1; null: unknown.
   * @param date `2026-12-25`
   */
  isHoliday(country: string | null, date: string): boolean;
}

/** Days without mail of a partner, in any campaign. */
export interface PartnerCalendar {
  readonly blackouts: readonly DateRange[];
  readonly holidays: Holidays;
  /** Absent: the partner sends on them. */
  readonly publicHolidays?: PublicHolidayDays | undefined;
}

export const NO_CHOICES: PartnerChoices = { shiftDays: {}, skip: [], blackouts: [] };

/** A partner's choices for one activation, with its calendar for all. */
export const withCalendar = (
  choices: PartnerChoices,
  { blackouts, holidays, publicHolidays }: PartnerCalendar,
): PartnerChoices => ({
  ...choices,
  blackouts: [...choices.blackouts, ...blackouts],
  holidays,
  publicHolidays,
});

/** The input of a decision besides sequence and state. */
export interface Circumstances {
  readonly now: Date;
  /** IANA zone of the contact's clock. */
  readonly zone: string;
  /** ISO 3166-1, for holidays. */
  readonly country: string | null;
  readonly facts: Facts;
  readonly choices: PartnerChoices;
  /** What was drawn for the contact in the test of the sequence, or its winner; null: nothing is tested. */
  readonly arm: string | null;
  /**
   * Steps that were decided in the contact's round. Absent: the sequence was
   * never replaced, so it leads to no step of a round again.
   */
  readonly decided?: ReadonlySet<string> | undefined;
}
