import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Activation, Activations, forVendor, VendorServers } from '#activations';
import { PublishedVersions } from '#campaigns';
import { PartnerActivity as PartnerActivityView, PartnerOverview } from '#contracts';
import { Accounts } from '#identity';
import { Clock, type PartnerId, systemActor, type VendorActor } from '#kernel';
import { ProgrammeSending } from '#sequences';
import { Allow, CurrentVendor } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';
import { PartnerActivity } from './partner-activity.service.js';

const LAUNCHES = 20;

/** One partner, as its vendor sees it. */
@ApiTags('partners')
@Controller('api/v1/partners/:id')
export class PartnerOverviewController {
  constructor(
    private readonly accounts: Accounts,
    private readonly activations: Activations,
    private readonly published: PublishedVersions,
    private readonly sending: ProgrammeSending,
    private readonly servers: VendorServers,
    private readonly clock: Clock,
    private readonly activity: PartnerActivity,
  ) {}

  /** Names and roles of its people, their last sign-ins by day, and states. No contacts and no addresses. */
  @Summary('Get people, launches and sending state of one partner, without any data about its contacts')
  @Allow('partners.read')
  @Get('overview')
  @ResponseBody(PartnerOverview)
  async one(@CurrentVendor() actor: VendorActor, @IdParam('id') id: PartnerId): Promise<PartnerOverview> {
    const people = await this.accounts.peopleOfPartner(actor, id);
    const standing = await this.sending.ofPartner(actor, id);
    return {
      people: people.map(({ name, role, lastSignedInAt }) => ({
        name,
        role,
        lastSignInOn: lastSignedInAt?.toISOString().slice(0, 10) ?? null,
      })),
      launches: await this.launches(actor, id),
      sending:
        standing === null
          ? null
          : {
              domainState: standing.domainState,
              stops: [...standing.stops],
              missingConsents: standing.missingConsents.map(({ purpose, host }) => ({ purpose, host })),
            },
    };
  }

  @Summary('List what happened with one partner: invitations, launches, holds, ends, changes and last sign-ins')
  @Allow('partners.read')
  @Get('activity')
  @ResponseBody(PartnerActivityView)
  async activityOf(@CurrentVendor() actor: VendorActor, @IdParam('id') id: PartnerId): Promise<PartnerActivityView> {
    return { items: await this.activity.of(actor, id) };
  }

  private async launches(actor: VendorActor, partnerId: PartnerId): Promise<PartnerOverview['launches']> {
    const launched = await this.activations.ofPartner(actor, partnerId, LAUNCHES);
    const titles = await this.published.titlesOf(
      systemActor('partner-page', { partnerId }),
      launched.map(({ versionId }) => versionId),
    );
    const isMissing = (await this.servers.missingOfPartners(actor, [partnerId])).has(partnerId);
    const now = this.clock.now();
    return launched.map((activation: Activation) => {
      const { status, endedAt } = forVendor(activation, now, isMissing);
      return {
        activationId: activation.id,
        campaignId: activation.campaignId,
        title: { ...titles.get(activation.versionId) },
        status,
        launchedAt: activation.launchedAt.toISOString(),
        endedAt: endedAt?.toISOString() ?? null,
      };
    });
  }
}
