import { Injectable } from '@nestjs/common';
import { type SendingIdentity, SendingIdentities } from '#brand';
import { OrganisationFrequencyCaps } from '#contacts';
import { Database } from '#database';
import { Streams } from '#delivery';
import type { CampaignId, VendorId } from '#kernel';
import { DailyLimits } from '../enrolment/daily-limits.service.js';
import { streamOf } from '../sending/sending-stream.js';
import type { DryRunActor } from './dry-run-plans.service.js';
import type { QuotaLimits } from './quotas.js';

/** What limits how many messages a partner may send for a campaign. */
interface SendingLimits {
  readonly identity: SendingIdentity;
  readonly limits: QuotaLimits;
  readonly caps: Awaited<ReturnType<OrganisationFrequencyCaps['inForce']>>;
}

/** Reads the limits that a dry run simulates. */
@Injectable()
export class DryRunLimits {
  constructor(
    private readonly database: Database,
    private readonly identities: SendingIdentities,
    private readonly caps: OrganisationFrequencyCaps,
    private readonly streams: Streams,
    private readonly dailyLimits: DailyLimits,
  ) {}

  /** @param perDay daily limit of the campaign; null: none. */
  async read(
    actor: DryRunActor,
    { vendorId, campaignId }: { readonly vendorId: VendorId; readonly campaignId: CampaignId },
    startAt: Date,
    perDay: number | null,
  ): Promise<SendingLimits> {
    const identity = await this.identities.forMembership(actor, vendorId);
    const caps = await this.caps.inForce(actor, vendorId, actor.partnerId, startAt);
    const limits = await this.database.inTransaction(actor, async () => ({
      perDay,
      usedOn: await this.dailyLimits.usedSince(actor.partnerId, campaignId, startAt),
      stream: await this.streams.current(actor, { partnerId: actor.partnerId, ...streamOf(identity) }),
      holdMs: this.streams.holdMs,
    }));
    return { identity, limits, caps };
  }
}
