import { Injectable } from '@nestjs/common';
import type { WaitingWork } from '#contracts';
import { can, PartnerInvitations } from '#identity';
import { Applications, ProgrammeTerms } from '#joining';
import type { VendorActor } from '#kernel';
import { DisclosedLeads } from '#leads';
import { PartnerTiers } from '#tiers';

type DecisionsAboutPartners = Pick<
  WaitingWork,
  'applications' | 'tierDrops' | 'termsNotAccepted' | 'sharedLeads' | 'expiredInvitations'
>;

/** What a person decides about partners. A channel manager decides about their own ones. */
@Injectable()
export class PartnerDecisions {
  constructor(
    private readonly applications: Applications,
    private readonly terms: ProgrammeTerms,
    private readonly tiers: PartnerTiers,
    private readonly disclosed: DisclosedLeads,
    private readonly invitations: PartnerInvitations,
  ) {}

  async list(actor: VendorActor): Promise<DecisionsAboutPartners> {
    const mayManage = can(actor, 'partners.manage');
    return {
      applications: can(actor, 'partners.edit') ? await this.applications.countWaiting(actor) : null,
      tierDrops: mayManage ? await this.tierDrops(actor) : null,
      termsNotAccepted: mayManage ? await this.termsNotAccepted(actor) : null,
      sharedLeads: can(actor, 'disclosures.edit') ? await this.disclosed.countUnanswered(actor) : null,
      expiredInvitations: can(actor, 'partners.edit') ? await this.invitations.countExpired(actor) : null,
    };
  }

  private async tierDrops(actor: VendorActor): Promise<WaitingWork['tierDrops']> {
    const drops = await this.tiers.comingDrops(actor);
    const [first] = drops;
    return first === undefined ? null : { partners: drops.length, firstOn: first.dropsOn };
  }

  private async termsNotAccepted(actor: VendorActor): Promise<WaitingWork['termsNotAccepted']> {
    const [newest] = await this.terms.list(actor);
    if (newest === undefined) return null;
    const partners = (await this.terms.countPartners(actor)) - newest.acceptedCount;
    return partners <= 0 ? null : { partners, acceptBy: newest.isRequired ? newest.acceptBy : null };
  }
}
