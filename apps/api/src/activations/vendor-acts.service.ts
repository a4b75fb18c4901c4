import { Injectable } from '@nestjs/common';
import { type Activation, ActivationOutputs } from '#activations';
import type { ActivationDetail } from '#contracts';
import type { PartnerActor } from '#kernel';
import { Memberships, Organisations } from '#organisations';
import { partnershipEndView } from '../partners/partners.view.js';

/** What a vendor has done with one activation, its campaign or the partnership, as its partner reads it. */
@Injectable()
export class VendorActs {
  constructor(
    private readonly outputs: ActivationOutputs,
    private readonly organisations: Organisations,
    private readonly memberships: Memberships,
  ) {}

  async of(
    actor: PartnerActor,
    activation: Activation,
  ): Promise<Pick<ActivationDetail, 'vendorEnd' | 'vendorAct' | 'partnershipEnd'>> {
    const vendorEnd = await this.outputs.vendorEnd(actor, activation);
    return {
      vendorEnd: vendorEnd && { ...vendorEnd, at: vendorEnd.at.toISOString() },
      vendorAct: await this.vendorAct(actor, activation),
      partnershipEnd: await this.partnershipEnd(actor, activation),
    };
  }

  private async vendorAct(actor: PartnerActor, activation: Activation): Promise<ActivationDetail['vendorAct']> {
    const { vendorId, vendorHeldAt, vendorHeldBy, vendorHoldReason } = activation;
    const { endedAt, vendorStoppedAt, vendorStoppedBy, vendorStopReason } = activation;
    if (vendorHeldAt !== null && endedAt === null) {
      const { name } = await this.organisations.get(actor, vendorId);
      return actOf('held', name, { at: vendorHeldAt, by: vendorHeldBy, reason: vendorHoldReason });
    }
    if (vendorStoppedAt === null || vendorStoppedBy === null) return null;
    const { name } = await this.organisations.get(actor, vendorId);
    return actOf('stopped', name, { at: vendorStoppedAt, by: vendorStoppedBy, reason: vendorStopReason });
  }

  /** Null for an activation that was over before the end was announced. */
  private async partnershipEnd(
    actor: PartnerActor,
    { partnerId, vendorId, endedAt }: Activation,
  ): Promise<ActivationDetail['partnershipEnd']> {
    const own = await this.memberships.allOfPartner(actor, partnerId);
    const member = own.find((one) => one.vendorId === vendorId);
    if (member === undefined || member.endAnnouncedAt === null) return null;
    return endedAt !== null && endedAt < member.endAnnouncedAt ? null : partnershipEndView(member);
  }
}

const actOf = (
  kind: 'held' | 'stopped',
  vendor: string,
  { at, by, reason }: { readonly at: Date; readonly by: string | null; readonly reason: string | null },
): ActivationDetail['vendorAct'] => ({ kind, vendor, by: by ?? '', at: at.toISOString(), reason: reason ?? '' });
