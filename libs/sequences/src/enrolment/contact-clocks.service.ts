import { Injectable } from '@nestjs/common';
import type { RunningActivation } from '#activations';
import type { ContactForSending } from '#contacts';
import { Database, unnestRows } from '#database';
import type { EnrolmentId } from '#kernel';
import { defaultTimeZone } from '#organisations';
import { zoneOf, type ZoneSource } from './contact-clock.js';

/** By which clock and which country's holidays a contact's steps go. */
export interface ContactClock {
  readonly timeZone: string;
  readonly timeZoneSource: ZoneSource;
  readonly country: string | null;
}

/**
 * An enrolment whose contact has another time zone now.
 * The partner corrected it, the contact moved, or an import changed it.
 */
export interface ClockChange extends ContactClock {
  readonly enrolmentId: EnrolmentId;
}

/**
 * The contact's clock as of now.
 * An enrolment keeps its first clock until its next e-mail is evaluated.
 */
export function clockOf(
  contact: Pick<ContactForSending, 'timeZone' | 'country'>,
  { activation }: Pick<RunningActivation, 'activation'>,
): ContactClock {
  const { zone, source } = zoneOf(contact, defaultTimeZone, activation);
  return { timeZone: zone, timeZoneSource: source, country: contact.country };
}

export const isSameClock = (a: ContactClock, b: ContactClock): boolean =>
  a.timeZone === b.timeZone && a.timeZoneSource === b.timeZoneSource && a.country === b.country;

/** Has enrolments go on by the clocks of their contacts. */
@Injectable()
export class ContactClocks {
  constructor(private readonly database: Database) {}

  /**
   * In the open transaction, after the messages were written.
   * Lock order: messages before enrolments, as in withdrawal.
   */
  async update(changes: readonly ClockChange[]): Promise<void> {
    if (changes.length === 0) return;
    const rows = unnestRows(changes, {
      enrolmentId: 'uuid',
      timeZone: 'text',
      timeZoneSource: 'text',
      country: 'text',
    });
    await this.database.query(
      `UPDATE sequences.enrolment e SET time_zone = given.time_zone, time_zone_source = given.time_zone_source, country = given.country
       FROM ${rows.from} WHERE e.id = given.enrolment_id`,
      rows.parameters,
    );
  }
}
