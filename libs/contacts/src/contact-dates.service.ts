import { Injectable } from '@nestjs/common';
import type { ContactDate } from '#contracts';
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

/** Counts the dates of a partner's contacts. */
@Injectable()
export class ContactDates {
  constructor(private readonly database: Database) {}

  /** In one query. A range without any contact is left out. */
  async count(actor: PartnerActor, ranges: readonly CountedDates[]): Promise<DateCount[]> {
    if (ranges.length === 0) return [];
    const rows = unnestRows(ranges, { key: 'text', field: 'text', fromOn: 'date', untilOn: 'date' }, [
      partnerOf(actor),
    ]);
    return this.database.inTransaction(actor, () =>
      this.database.query<DateCount>(
        `SELECT key, sum(n)::int AS people, (array_agg(day ORDER BY n DESC, day))[1]::text AS most_on, max(n)::int AS most
         FROM (
           SELECT given.key, d.day, count(*) AS n FROM ${rows.from} CROSS JOIN contacts.contact c CROSS JOIN LATERAL (
             SELECT CASE given.field WHEN 'renewsOn' THEN c.renews_on WHEN 'warrantyEndsOn' THEN c.warranty_ends_on
               WHEN 'trialEndsOn' THEN c.trial_ends_on WHEN 'purchasedOn' THEN c.purchased_on END AS day) d
           WHERE c.partner_id = $1 AND d.day BETWEEN given.from_on AND given.until_on GROUP BY 1, 2) days
         GROUP BY key`,
        rows.parameters,
      ),
    );
  }
}
