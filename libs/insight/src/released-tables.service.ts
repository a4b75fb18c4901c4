import { Injectable } from '@nestjs/common';
import type { CampaignId, VendorActor } from '#kernel';
import { type ReleaseKind, Releases } from '#release';
import type { ResultTableName } from './contribution.js';
import { lastDayOf, type Rhythm, spanEndedAt } from './release-calendar.js';
import { readSubject } from './release-subject.js';
import { addDays, type DayWindow } from './window.js';

/** A released table of a campaign in a span. */
export interface ReleasedCells {
  readonly table: ResultTableName;
  readonly campaignId: CampaignId;
  readonly startsOn: string;
  /** By cell, with noise. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly sd: number;
}

const KINDS = [
  ['sent', 'week'],
  ['bounced', 'week'],
  ['responses', 'four-weeks'],
  ['steps', 'four-weeks'],
] as const satisfies readonly (readonly [ReleaseKind, Rhythm])[];

/** Reads the results that were released to a vendor. */
@Injectable()
export class ReleasedTables {
  constructor(private readonly releases: Releases) {}

  /**
   * @param only these kinds; absent: all.
   * @returns those of spans that overlap the window, oldest first.
   */
  async find(
    actor: VendorActor,
    { from, to }: DayWindow,
    only: readonly ReleaseKind[] | null = null,
  ): Promise<ReleasedCells[]> {
    const found: ReleasedCells[] = [];
    for (const [kind, rhythm] of KINDS) {
      if (only !== null && !only.includes(kind)) continue;
      const ends = { from: startOfDay(addDays(from, 1)), to: startOfDay(addDays(lastDayOf(rhythm, to), 2)) };
      for (const release of await this.releases.find(actor, { vendorId: actor.vendorId, kind, ...ends })) {
        const subject = readSubject(kind, release.subject);
        if (subject === null) continue;
        found.push({
          ...subject,
          startsOn: spanEndedAt(rhythm, release.asOf),
          numbers: new Map(release.cells.map(({ name, value }) => [name, value])),
          sd: release.sd,
        });
      }
    }
    return found;
  }
}

const startOfDay = (day: string): Date => new Date(`${day}T00:00:00Z`);
