import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Activations } from '#activations';
import { SendingPreferences } from '#brand';
import { ContactCampaigns, NewAnswer } from '#contracts';
import { MessageEvents } from '#delivery';
import type { ContactId, PartnerActor } from '#kernel';
import { Exclusions, reasonSentence } from '#sequences';
import { Allow, CurrentPartner } from '../http/authority.js';
import { IdParam } from '../http/path-parameters.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/** Takes a contact out of the partner's campaigns, and back. */
@ApiTags('contacts')
@Controller('api/v1/contacts/:id/campaigns')
export class ContactCampaignsController {
  constructor(
    private readonly exclusions: Exclusions,
    private readonly activations: Activations,
    private readonly events: MessageEvents,
    private readonly preferences: SendingPreferences,
  ) {}

  @Summary('Get the campaigns in which a contact waits, and why they leave it alone')
  @Get()
  @Allow('contacts.read')
  @ResponseBody(ContactCampaigns)
  async get(@CurrentPartner() actor: PartnerActor, @IdParam('id') id: ContactId): Promise<ContactCampaigns> {
    const { exclusion, running } = await this.exclusions.state(actor, id);
    const activations = await Promise.all(running.map((activationId) => this.activations.get(actor, activationId)));
    const titles = await this.activations.titlesOf(actor, activations);
    const lost = await this.events.lastLostReply(actor, id);
    return {
      exclusion:
        exclusion === null
          ? null
          : {
              reason: exclusion.reason,
              sentence: reasonSentence(exclusion.reason),
              at: exclusion.at.toISOString(),
              by: exclusion.by,
              endsAt: exclusion.endsAt?.toISOString() ?? null,
            },
      running: activations.map(({ id: activationId }) => ({
        activationId,
        ...(titles.get(activationId) ?? { title: '', titles: {} }),
      })),
      lostReply: lost === null ? null : { at: lost.at.toISOString(), why: lost.why },
      repliesTo: (await this.preferences.get(actor)).repliesTo,
    };
  }

  /** As a reply by e-mail: all campaigns end unless they say otherwise. */
  @Summary('Record that a contact answered, for example by phone. Your campaigns stop for it as after a reply')
  @Post('answered')
  @HttpCode(200)
  @Allow('contacts.edit')
  @ResponseBody(ContactCampaigns)
  async answered(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ContactId,
    @Body({ schema: NewAnswer }) { activationId }: z.output<typeof NewAnswer>,
  ): Promise<ContactCampaigns> {
    if (activationId !== undefined) await this.activations.get(actor, activationId);
    await this.exclusions.recordAnswer(actor, id, activationId ?? null);
    return this.get(actor, id);
  }

  @Summary('Take a contact out of all your campaigns, running and future, until you let it in again')
  @Post('take-out')
  @HttpCode(200)
  @Allow('contacts.edit')
  @ResponseBody(ContactCampaigns)
  async takeOut(@CurrentPartner() actor: PartnerActor, @IdParam('id') id: ContactId): Promise<ContactCampaigns> {
    await this.exclusions.takeOut(actor, id);
    return this.get(actor, id);
  }

  /** Skipped e-mails are not sent again. */
  @Summary('Let a contact into your campaigns again. Running ones continue where they stopped')
  @Post('readmit')
  @HttpCode(200)
  @Allow('contacts.edit')
  @ResponseBody(ContactCampaigns)
  async readmit(@CurrentPartner() actor: PartnerActor, @IdParam('id') id: ContactId): Promise<ContactCampaigns> {
    await this.exclusions.lift(actor, id);
    return this.get(actor, id);
  }
}
