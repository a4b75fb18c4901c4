import { Injectable } from '@nestjs/common';
import { Offers } from '#activations';
import { ContactDates } from '#contacts';
import type { ContactDate } from '#contracts';
import { type CampaignVersionId, DAY_MS, type PartnerActor } from '#kernel';
import { dateOn, entriesOf } from '#sequencing';
import type { DryRun } from './dry-run.js';

/** Contacts whose day of entry by a rule comes in the time of a dry run. */
export interface DateForecast {
  readonly entryKey: string;
  readonly field: ContactDate;
  /** Days after the date; negative: before it. */
  readonly days: number;
  readonly people: number;
  /** The day that most of them have; null: nobody has one. */
  readonly most: { readonly on: string; readonly people: number } | null;
}

/** Forecasts whose day of entry comes: by a date, the only rule, beside lists, that is known before. */
@Injectable()
export class DateForecasts {
  constructor(
    private readonly offers: Offers,
    private readonly dates: ContactDates,
  ) {}

  /**
   * Counts all contacts with such dates, whether they may be written to or not.
   * @throws DomainError `campaign-version.not-found`.
   */
  async of(
    actor: PartnerActor,
    versionId: CampaignVersionId,
    { startAt, until, timeZone }: Pick<DryRun, 'startAt' | 'until' | 'timeZone'>,
  ): Promise<DateForecast[]> {
    const { compiled } = await this.offers.one(actor, versionId);
    const rules = entriesOf(compiled.definition.sequence).flatMap(({ key, when }) =>
      when.on === 'date' ? [{ key, field: when.field, days: when.days }] : [],
    );
    const [first, last] = [dateOn(startAt, timeZone), dateOn(until, timeZone)];
    const counts = await this.dates.count(
      actor,
      rules.map(({ key, field, days }) => ({
        key,
        field,
        fromOn: moved(first, -days),
        untilOn: moved(last, -days),
      })),
    );
    return rules.map(({ key: entryKey, field, days }) => {
      const count = counts.find(({ key }) => key === entryKey);
      const most = count === undefined ? null : { on: moved(count.mostOn, days), people: count.most };
      return { entryKey, field, days, people: count?.people ?? 0, most };
    });
  }
}

const moved = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
