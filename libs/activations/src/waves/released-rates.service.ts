import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type CampaignId, DAY_MS, type VendorActor } from '#kernel';
import { type DataRelease, type ReleaseKind, Releases, resultSubject } from '#release';
import {
  type NoisyCount,
  type ReleasedRate,
  unmetRate,
  type UnmetRate,
  WAVE_RATES,
  type WaveRate,
} from './wave-rates.js';
import type { Wave } from './wave.js';
import { WavesRepository } from './waves.repository.js';

/** In which released table a rate is, and of how many days each release is. */
const TABLES = {
  bounced: { kind: 'bounced', days: 7 },
  complained: { kind: 'responses', days: 28 },
  unsubscribed: { kind: 'responses', days: 28 },
} as const satisfies Record<WaveRate, { readonly kind: ReleaseKind; readonly days: number }>;

/**
 * Conditions of waves on rates. Whether a wave opens would tell an exact number
 * about people, so they are computed from the results that the vendor was told
 * already: that reveals nothing more.
 */
@Injectable()
export class ReleasedRates {
  constructor(
    private readonly database: Database,
    private readonly rows: WavesRepository,
    private readonly releases: Releases,
  ) {}

  /** The first condition of a wave that is not met; null: all are. */
  async unmetOf(actor: VendorActor, { campaignId, versionId, rateLimits }: Wave): Promise<UnmetRate | null> {
    const publishedAt = await this.database.inTransaction(actor, () => this.rows.publishedAt(versionId));
    for (const rate of WAVE_RATES) {
      const most = rateLimits[rate];
      const unmet =
        most === null ? null : unmetRate(rate, most, await this.read(actor, { campaignId, publishedAt }, rate));
      if (unmet !== null) return unmet;
    }
    return null;
  }

  /** Of the spans that ended since the version was published: those before tell of other versions only. */
  private async read(
    actor: VendorActor,
    { campaignId, publishedAt }: { readonly campaignId: CampaignId; readonly publishedAt: Date | null },
    rate: WaveRate,
  ): Promise<ReleasedRate> {
    if (publishedAt === null) return { counted: [], sent: [] };
    const { kind, days } = TABLES[rate];
    const counted = (await this.find(actor, campaignId, kind)).filter(({ asOf }) => asOf > publishedAt);
    const [first] = counted;
    if (first === undefined) return { counted: [], sent: [] };
    const from = new Date(first.asOf.getTime() - days * DAY_MS);
    const sent = await this.find(actor, campaignId, 'sent');
    // What came back of later weeks is not released yet: their e-mails would make the rate lower than it is.
    const last = counted.at(-1)?.asOf ?? first.asOf;
    return {
      counted: numbersOf(counted, rate),
      sent: numbersOf(
        sent.filter(({ asOf }) => asOf > from && asOf <= last),
        'sent',
      ),
    };
  }

  private find(
    actor: VendorActor,
    campaignId: CampaignId,
    kind: 'sent' | 'bounced' | 'responses',
  ): Promise<DataRelease[]> {
    return this.releases.find(actor, { vendorId: actor.vendorId, kind, subject: resultSubject(campaignId, kind) });
  }
}

const numbersOf = (releases: readonly DataRelease[], cell: string): NoisyCount[] =>
  releases.flatMap(({ cells, sd }) => {
    const found = cells.find(({ name }) => name === cell);
    return found === undefined ? [] : [{ value: found.value, sd }];
  });
