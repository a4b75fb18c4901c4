import { Injectable } from '@nestjs/common';
import { CONTACT_DATES, type ContactDate } from '#contracts';
import { Database, unnestRows } from '#database';
import type { PartnerActor } from '#kernel';
import { partnerOf } from './authority.js';

/** Dates of contacts to count: both days are in it, `2027-03-31`. */
export interface CountedDates {
  readonly key: string;
  readonly field: ContactDate;
  readonly fromOn: string;
  readonly untilOn: string;
}

/** Contacts with a date of a range, and the day that most of them have. */
export interface DateCount {
  readonly key: string;
  readonly people: number;
  readonly mostOn: string;
  readonly most: number;
}

const COLUMNS: Readonly<Record<ContactDate, string>> = {
  renewsOn: 'renews_on',
  warrantyEndsOn: 'warranty_ends_on',
  trialEndsOn: 'trial_ends_on',
  purchasedOn: 'purchased_on',
};

/** Counts the dates of a partner's contacts. */
@Injectable()
export class ContactDates {
  constructor(private readonly database: Database) {}

  /** In one query, by the index of each date. A range without any contact is left out. */
  async count(actor: PartnerActor, ranges: readonly CountedDates[]): Promise<DateCount[]> {
    if (ranges.length === 0) return [];
    const rows = unnestRows(ranges, { key: 'text', field: 'text', fromOn: 'date', untilOn: 'date' }, [
      partnerOf(actor),
    ]);
    const days = CONTACT_DATES.map(
      (field) =>
        `SELECT given.key, c.${COLUMNS[field]} AS day, count(*) AS n FROM given JOIN contacts.contact c
           ON c.partner_id = $1 AND c.${COLUMNS[field]} BETWEEN given.from_on AND given.until_on
         WHERE given.field = '${field}' GROUP BY 1, 2`,
    );
    return this.database.inTransaction(actor, () =>
      this.database.query<DateCount>(
        `WITH given AS MATERIALIZED (SELECT * FROM ${rows.from})
         SELECT key, sum(n)::int AS people, (array_agg(day ORDER BY n DESC, day))[1]::text AS most_on, max(n)::int AS most
         FROM (${days.join(' UNION ALL ')}) days GROUP BY key`,
        rows.parameters,
      ),
    );
  }
}
