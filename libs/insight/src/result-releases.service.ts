import { Injectable, Logger } from '@nestjs/common';
import { CompiledCampaigns } from '#content';
import { Database } from '#database';
import { type CampaignId, Clock, systemActor, type VendorId } from '#kernel';
import { Releases, resultSubject } from '#release';
import type { BlobHash } from '#storage';
import { RESPONSES, RESULT_TABLES, partCell, type ResultTableName } from './contribution.js';
import { CountedPeople, type Span } from './counted-people.service.js';
import { firstParts } from './first-parts.js';
import { FirstResultBands } from './first-results/first-result-bands.service.js';
import { MedianBands } from './median-bands.service.js';
import { endOf, newestDue, nextStart, type Rhythm, RHYTHMS, startOf } from './release-calendar.js';
import { addDays, dayOf } from './window.js';

/** No results before so many partners were in the programme for 30 days. */
export const PARTNERS_NEEDED = 5;
export const MEMBER_DAYS = 30;

const INSIGHT = systemActor('insight');
/** Longer than a person is counted anew, with time for a late run. */
const FORGET_DAYS = 400;

interface Progress {
  readonly vendorId: VendorId;
  readonly rhythm: Rhythm;
  readonly nextOn: string;
}

/** A campaign whose results are released, with its parts. */
interface ReleasedCampaign {
  readonly campaignId: CampaignId;
  readonly compiledHash: BlobHash;
  /** Of the version. */
  readonly number: number;
}

/**
 * Releases the results of vendors: each week and each four weeks once. A span's
 * releases, the record of the counted people and the vendor's progress are one
 * transaction. So a run that is repeated or interrupted releases nothing twice,
 * and a run after a downtime releases all that is due, oldest first.
 */
@Injectable()
export class ResultReleases {
  private readonly logger = new Logger(ResultReleases.name);

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly compiled: CompiledCampaigns,
    private readonly people: CountedPeople,
    private readonly medians: MedianBands,
    private readonly firstResults: FirstResultBands,
    private readonly releases: Releases,
  ) {}

  /**
   * Releases the next due span of each vendor and rhythm. One that fails does
   * not stop the others; it is tried again with the next run.
   * @returns whether any was released, so there may be more.
   */
  async releaseDue(): Promise<boolean> {
    const today = dayOf(this.clock.now());
    const due = await this.database.inTransaction(INSIGHT, async () => {
      await this.begin();
      return this.database.query<Progress>(
        `SELECT vendor_id, rhythm, next_on::text FROM insight.result_progress
         WHERE next_on <= CASE rhythm WHEN 'week' THEN $1::date ELSE $2::date END ORDER BY next_on, vendor_id`,
        RHYTHMS.map((rhythm) => newestDue(rhythm, today)),
      );
    });
    let isAnyReleased = false;
    for (const next of due)
      try {
        if (await this.release(next)) isAnyReleased = true;
      } catch (error) {
        this.logger.error(`The results of vendor ${next.vendorId} from ${next.nextOn} were not released.`, error);
      }
    return isAnyReleased;
  }

  /** @returns false if another process has released the span, or does now. */
  private release(next: Progress): Promise<boolean> {
    return this.database.inTransaction(INSIGHT, async () => {
      const [locked] = await this.database.query(
        'SELECT 1 FROM insight.result_progress WHERE vendor_id = $1 AND rhythm = $2 AND next_on = $3 FOR UPDATE SKIP LOCKED',
        [next.vendorId, next.rhythm, next.nextOn],
      );
      if (locked === undefined) return false;
      await this.releaseSpan(next);
      return true;
    });
  }

  /** A vendor's first span is that of its first launch. */
  private async begin(): Promise<void> {
    const vendors = await this.database.query<{ vendorId: VendorId; on: string }>(
      `SELECT o.id AS vendor_id, (min(a.launched_at) AT TIME ZONE 'UTC')::date::text AS "on"
       FROM organisations.organisation_view o JOIN activations.activation_view a ON a.vendor_id = o.id
       WHERE o.kind = 'vendor' AND NOT EXISTS (SELECT FROM insight.result_progress p WHERE p.vendor_id = o.id) GROUP BY 1`,
    );
    for (const { vendorId, on } of vendors)
      for (const rhythm of RHYTHMS)
        await this.database.query(
          'INSERT INTO insight.result_progress (vendor_id, rhythm, next_on) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
          [vendorId, rhythm, startOf(rhythm, on)],
        );
  }

  private async releaseSpan({ vendorId, rhythm, nextOn }: Progress): Promise<void> {
    const endsOn = nextStart(rhythm, nextOn);
    if (await this.hasEnoughPartners(vendorId, endsOn)) {
      const campaigns = await this.campaigns(vendorId, endsOn);
      const parts = await this.partsOf(rhythm, campaigns);
      const span: Span = { vendorId, rhythm, startsOn: nextOn, parts };
      await this.publish(span, campaigns);
      if (rhythm === 'four-weeks') {
        await this.medians.release(vendorId, nextOn);
        await this.firstResults.release(vendorId, nextOn);
      }
    }
    await this.database.query('UPDATE insight.result_progress SET next_on = $3 WHERE vendor_id = $1 AND rhythm = $2', [
      vendorId,
      rhythm,
      endsOn,
    ]);
    await this.database.query('DELETE FROM insight.counted_person WHERE vendor_id = $1 AND last_on < $2', [
      vendorId,
      addDays(nextOn, -FORGET_DAYS),
    ]);
  }

  /**
   * Who is in a programme and launched something is no secret of partners: the
   * condition reveals nothing. It makes partners of one's own expensive.
   */
  private async hasEnoughPartners(vendorId: VendorId, endsOn: string): Promise<boolean> {
    const [found] = await this.database.query<{ partners: number }>(
      `SELECT count(DISTINCT m.partner_id)::int AS partners FROM organisations.membership_view m
       WHERE m.vendor_id = $1 AND m.status = 'active' AND m.joined_at < $3::date AT TIME ZONE 'UTC'
         AND EXISTS (SELECT FROM activations.activation_view a
           WHERE a.partner_id = m.partner_id AND a.vendor_id = $1 AND a.launched_at < $2::date AT TIME ZONE 'UTC')`,
      [vendorId, endsOn, addDays(endsOn, -MEMBER_DAYS)],
    );
    return (found?.partners ?? 0) >= PARTNERS_NEEDED;
  }

  /** Those that a partner had launched before the span ended. */
  private campaigns(vendorId: VendorId, endsOn: string): Promise<ReleasedCampaign[]> {
    return this.database.query<ReleasedCampaign>(
      `SELECT c.id AS campaign_id, v.compiled_hash, v.number FROM campaigns.campaign_view c
       JOIN LATERAL (SELECT compiled_hash, number FROM campaigns.campaign_version_view
                     WHERE campaign_id = c.id AND published_at < $2::date AT TIME ZONE 'UTC' ORDER BY number DESC LIMIT 1) v ON true
       WHERE c.vendor_id = $1 AND EXISTS (SELECT FROM activations.activation_view a
         WHERE a.campaign_id = c.id AND a.launched_at < $2::date AT TIME ZONE 'UTC') ORDER BY c.id`,
      [vendorId, endsOn],
    );
  }

  private async partsOf(
    rhythm: Rhythm,
    campaigns: readonly ReleasedCampaign[],
  ): Promise<ReadonlyMap<CampaignId, ReadonlySet<string>>> {
    const parts = new Map<CampaignId, ReadonlySet<string>>();
    if (rhythm === 'week') return parts;
    for (const { campaignId, compiledHash, number } of campaigns) {
      const first = firstParts(await this.compiled.load(compiledHash), number);
      parts.set(campaignId, new Set(first.map(({ stepKey, variant }) => partCell(stepKey, variant))));
    }
    return parts;
  }

  private async publish(span: Span, campaigns: readonly ReleasedCampaign[]): Promise<void> {
    const { vendorId, rhythm, startsOn, parts } = span;
    const counts = await this.people.count(span);
    const asOf = endOf(rhythm, startsOn);
    for (const { campaignId } of campaigns) {
      const cells = [...(parts.get(campaignId) ?? [])];
      for (const { table, names } of tablesOf(rhythm, cells)) {
        const { kind, sd } = RESULT_TABLES[table];
        await this.releases.publish(INSIGHT, {
          vendorId,
          kind,
          subject: resultSubject(campaignId, table),
          asOf,
          readyAt: null,
          reservation: null,
          denominator: 1,
          sd,
          cells: names.map((name) => ({ name, value: counts.countOf(table, campaignId, name) })),
        });
      }
    }
  }
}

const TABLES_OF_PARTS = ['partsSent', 'partsClicked'] as const;

/**
 * The tables of a campaign in a span, and the names of their cells. They follow
 * from the version and closed lists, never from data.
 */
function tablesOf(
  rhythm: Rhythm,
  parts: readonly string[],
): { readonly table: ResultTableName; readonly names: readonly string[] }[] {
  if (rhythm === 'week')
    return [
      { table: 'sent', names: ['sent'] },
      { table: 'bounced', names: ['bounced'] },
    ];
  return [
    { table: 'responses', names: RESPONSES },
    ...(parts.length === 0 ? [] : TABLES_OF_PARTS.map((table) => ({ table, names: parts }))),
  ];
}
