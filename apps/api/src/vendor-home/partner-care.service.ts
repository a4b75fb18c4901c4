import { Injectable } from '@nestjs/common';
import { Activations, RunningHistory } from '#activations';
import type { CareKind, PartnerCare as PartnerCareView } from '#contracts';
import { Clock, DAY_MS, type PartnerId, type VendorActor } from '#kernel';
import { MembershipHistory } from '#organisations';
import { ProgrammeSending } from '#sequences';
import { PartnerTiers } from '#tiers';

interface Cared {
  readonly partnerId: PartnerId;
  readonly name: string;
  readonly on: string | null;
}

const SHOWN = 5;
/** Most invitations that are accepted at all are accepted within a week. */
const SILENT_MS = 7 * DAY_MS;
/** A partner that has not launched after so long needs help. */
const UNLAUNCHED_MS = 14 * DAY_MS;

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/**
 * Partners that a vendor should talk to. Facts of its lists, never of contacts.
 * A channel manager gets their own ones.
 */
@Injectable()
export class PartnerCare {
  constructor(
    private readonly clock: Clock,
    private readonly memberships: MembershipHistory,
    private readonly activations: Activations,
    private readonly running: RunningHistory,
    private readonly sending: ProgrammeSending,
    private readonly tiers: PartnerTiers,
  ) {}

  /** Reasons that concern at least one partner. */
  async list(actor: VendorActor): Promise<PartnerCareView[]> {
    const now = this.clock.now().getTime();
    const launched = await this.activations.partnersThatLaunched(actor);
    const silent = await this.memberships.invitedBefore(actor, new Date(now - SILENT_MS));
    const unlaunched = await this.memberships.joinedBefore(actor, new Date(now - UNLAUNCHED_MS), launched);
    const waits = ({ partnerId, name, since }: { partnerId: PartnerId; name: string; since: Date }): Cared => ({
      partnerId,
      name,
      on: dayOf(since),
    });
    return [
      careOf('sending', await this.troubled(actor)),
      careOf('tier-drop', await this.dropping(actor)),
      careOf('ended-launches', (await this.running.idlePartners(actor)).map(waits)),
      careOf('never-launched', unlaunched.map(waits)),
      careOf('silent-invitation', silent.map(waits)),
    ].filter(({ count }) => count > 0);
  }

  private async troubled(actor: VendorActor): Promise<Cared[]> {
    const partners = await this.sending.troubled(actor);
    return partners.map(({ partnerId, name }) => ({ partnerId, name, on: null }));
  }

  private async dropping(actor: VendorActor): Promise<Cared[]> {
    const drops = await this.tiers.comingDrops(actor);
    return drops.map(({ partnerId, partnerName: name, dropsOn }) => ({
      partnerId,
      name,
      on: dayOf(new Date(Date.parse(dropsOn) - DAY_MS)),
    }));
  }
}

const careOf = (kind: CareKind, partners: readonly Cared[]): PartnerCareView => ({
  kind,
  count: partners.length,
  partners: partners.slice(0, SHOWN).map((partner) => ({ ...partner })),
});
