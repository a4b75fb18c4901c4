import { Injectable } from '@nestjs/common';
import type { AttributeValue } from '#contracts';
import type { PartnerAttributeId, PartnerId, VendorActor } from '#kernel';
import { AttributeValues, type ImportContext, Memberships, PartnerAttributes } from '#organisations';
import { PartnerInvitations } from './partner-invitations.service.js';

/** The partners of a vendor that rows of an import are compared with. */
@Injectable()
export class KnownPartners {
  constructor(
    private readonly memberships: Memberships,
    private readonly attributes: PartnerAttributes,
    private readonly values: AttributeValues,
    private readonly invitations: PartnerInvitations,
  ) {}

  /** Joins the open transaction. */
  async of(actor: VendorActor): Promise<ImportContext> {
    const members = await this.memberships.allOfVendor(actor);
    const attributes = new Map((await this.attributes.list(actor)).map((one) => [one.id, one]));
    const values = new Map<PartnerId, Map<PartnerAttributeId, AttributeValue>>();
    const stored = await this.values.ofPartners(
      actor,
      actor.vendorId,
      members.map(({ partnerId }) => partnerId),
    );
    for (const { partnerId, attributeId, value } of stored)
      values.set(
        partnerId,
        (values.get(partnerId) ?? new Map<PartnerAttributeId, AttributeValue>()).set(attributeId, value),
      );
    return {
      partners: members.map((member) => ({
        partnerId: member.partnerId,
        name: member.partnerName,
        tier: member.tier,
        region: member.region,
        externalId: member.externalId,
        status: member.status,
        values: values.get(member.partnerId) ?? new Map(),
      })),
      byEmail: await this.invitations.invitedAddresses(actor),
      attributes,
      hasTiersByRule: await this.memberships.haveTiersByRule(actor),
    };
  }
}
