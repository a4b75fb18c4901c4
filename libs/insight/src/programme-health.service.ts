import { Injectable } from '@nestjs/common';
import { RunningHistory } from '#activations';
import type { ProgrammeFigure, ReleasedFigure, WonFigure } from '#contracts';
import { can } from '#identity';
import { Clock, DAY_MS, groupBy, type VendorActor } from '#kernel';
import { MembershipHistory } from '#organisations';
import type { ResultTableName } from './contribution.js';
import { newestDue, nextStart, releasedOn } from './release-calendar.js';
import { type ReleasedCells, ReleasedTables } from './released-tables.service.js';
import { releasedTrend } from './released-trend.js';
import { addDays, dayOf } from './window.js';
import { WonAmounts } from './won-amounts.service.js';

/** Weeks in a course of exact figures. */
const WEEKS = 12;
/** A figure is compared with the one so many weeks before. */
const COMPARED_WEEKS = 4;
/** Days of releases that are read: eight weeks of messages, and six spans of four weeks. */
const RELEASED_DAYS = 7 * 26;

interface ProgrammeFigures {
  readonly figures: readonly ProgrammeFigure[];
  /** Null for a role that may not see results. */
  readonly won: WonFigure | null;
  /** Empty for a role that may not see results. */
  readonly released: readonly ReleasedFigure[];
  /** Null for a role that may not see results. */
  readonly nextReleaseOn: string | null;
}

/**
 * How a programme does, in six figures. Partners are exact, as the vendor's
 * lists show them. Won amounts are the total of its returns. Numbers about people are releases and their sums.
 */
@Injectable()
export class ProgrammeHealth {
  constructor(
    private readonly clock: Clock,
    private readonly memberships: MembershipHistory,
    private readonly running: RunningHistory,
    private readonly tables: ReleasedTables,
    private readonly won: WonAmounts,
  ) {}

  /** A channel manager gets the figures of their own partners, and no others. */
  async figures(actor: VendorActor): Promise<ProgrammeFigures> {
    const now = this.clock.now().getTime();
    const moments = Array.from({ length: WEEKS + 1 }, (_, week) => new Date(now - (WEEKS - week) * 7 * DAY_MS));
    const figures = await this.exact(actor, moments);
    if (!can(actor, 'vendor-insight.read')) return { figures, won: null, released: [], nextReleaseOn: null };
    const today = dayOf(this.clock.now());
    return {
      // The screen lists the campaigns themselves.
      figures: figures.filter(({ name }) => name !== 'campaignsRunning'),
      won: await this.won.figure(actor, moments.map(dayOf), COMPARED_WEEKS),
      released: await this.released(actor, today),
      nextReleaseOn: releasedOn('week', nextStart('week', newestDue('week', today))),
    };
  }

  private async exact(actor: VendorActor, moments: readonly Date[]): Promise<ProgrammeFigure[]> {
    const partners = await this.memberships.activeAt(actor, moments);
    const ran = await this.running.at(actor, moments);
    const figure = (name: ProgrammeFigure['name'], values: readonly number[]): ProgrammeFigure => ({
      name,
      value: values.at(-1) ?? 0,
      before: values.at(-1 - COMPARED_WEEKS) ?? 0,
      points: moments.map((at, place) => ({ on: dayOf(at), value: values[place] ?? 0 })),
    });
    return [
      figure('partners', partners),
      figure(
        'partnersRunning',
        ran.map((count) => count.partners),
      ),
      figure(
        'campaignsRunning',
        ran.map((count) => count.campaigns),
      ),
    ];
  }

  private async released(actor: VendorActor, today: string): Promise<ReleasedFigure[]> {
    const days = { from: addDays(today, -RELEASED_DAYS), to: today };
    const cells = await this.tables.find(actor, days, ['sent', 'responses']);
    return [
      releasedTrend({ name: 'sent', rhythm: 'week', spans: 4 }, spansOf(cells, 'sent', 'sent').slice(-WEEKS)),
      releasedTrend({ name: 'clicked', rhythm: 'four-weeks', spans: 1 }, spansOf(cells, 'responses', 'clicked')),
      releasedTrend({ name: 'leads', rhythm: 'four-weeks', spans: 1 }, spansOf(cells, 'responses', 'leads')),
    ];
  }
}

/** One number of each span, of every campaign; oldest first. */
function spansOf(cells: readonly ReleasedCells[], table: ResultTableName, cell: string) {
  const own = cells.filter((one) => one.table === table);
  return [...groupBy(own, ({ startsOn }) => startsOn)]
    .map(([startsOn, ofSpan]) => ({
      startsOn,
      numbers: ofSpan.flatMap(({ numbers, sd }) => {
        const value = numbers.get(cell);
        return value === undefined ? [] : [{ value, sd }];
      }),
    }))
    .toSorted((a, b) => a.startsOn.localeCompare(b.startsOn));
}
