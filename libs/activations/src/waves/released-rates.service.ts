import { Injectable } from '@nestjs/common';
import type { CampaignId, VendorActor } from '#kernel';
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

/** In which released table a rate is. */
const KINDS = { bounced: 'bounced', complained: 'responses', unsubscribed: 'responses' } as const satisfies Record<
  WaveRate,
  ReleaseKind
>;

/**
 * Conditions of waves on rates. Whether a wave opens would tell an exact number
 * about people, so they are computed from the results that the vendor was told
 * already: that reveals nothing more.
 */
@Injectable()
export class ReleasedRates {
  constructor(private readonly releases: Releases) {}

  /** The first condition of a wave that is not met; null: all are. */
  async unmetOf(actor: VendorActor, { campaignId, rateLimits }: Wave): Promise<UnmetRate | null> {
    for (const rate of WAVE_RATES) {
      const most = rateLimits[rate];
      const unmet = most === null ? null : unmetRate(rate, most, await this.read(actor, campaignId, rate));
      if (unmet !== null) return unmet;
    }
    return null;
  }

  private async read(actor: VendorActor, campaignId: CampaignId, rate: WaveRate): Promise<ReleasedRate> {
    const counted = await this.find(actor, campaignId, KINDS[rate]);
    const sent = await this.find(actor, campaignId, 'sent');
    // What came back of later weeks is not released yet: their e-mails would make the rate lower than it is.
    const last = counted.at(-1)?.asOf ?? new Date(0);
    return {
      counted: numbersOf(counted, rate),
      sent: numbersOf(
        sent.filter(({ asOf }) => asOf <= last),
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
