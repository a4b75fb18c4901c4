import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CampaignWork } from '#campaigns';
import { WaitingWork } from '#contracts';
import { can, PartnerInvitations } from '#identity';
import type { VendorActor } from '#kernel';
import { DisclosedLeads } from '#leads';
import { Allow, CurrentVendor } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/** What waits for a person of a vendor. */
@ApiTags('campaigns')
@Controller('api/v1/waiting-work')
export class WaitingWorkController {
  constructor(
    private readonly work: CampaignWork,
    private readonly disclosed: DisclosedLeads,
    private readonly invitations: PartnerInvitations,
  ) {}

  @Summary('List what waits for you: versions, translations, shared leads, expired invitations')
  @Get()
  @Allow('campaigns.read')
  @ResponseBody(WaitingWork)
  async list(@CurrentVendor() actor: VendorActor): Promise<WaitingWork> {
    const versions = await this.work.waiting(actor);
    return {
      versions: versions.map(({ kind, campaignId, number, title, dueOn }) => ({
        kind,
        campaignId,
        number,
        title: { ...title },
        dueOn,
      })),
      translations: (await this.work.translations(actor)).map(({ title, ...task }) => ({
        ...task,
        title: { ...title },
      })),
      sharedLeads: can(actor, 'disclosures.edit') ? await this.disclosed.countUnanswered(actor) : null,
      expiredInvitations: can(actor, 'partners.edit') ? await this.invitations.countExpired(actor) : null,
    };
  }
}
