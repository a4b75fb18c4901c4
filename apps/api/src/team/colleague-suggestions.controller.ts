import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import type { z } from 'zod';
import { ColleagueSuggestions as ColleagueSuggestionsView, InviteSuggested } from '#contracts';
import { type ColleagueSuggestionId, SuggestedColleagues } from '#identity';
import type { PartnerActor } from '#kernel';
import { Allow, CurrentPartner, Unconfirmed } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';

/** People whom vendors suggest for a partner's team. */
@Controller('api/v1/team/suggestions')
export class ColleagueSuggestionsController {
  constructor(private readonly suggestions: SuggestedColleagues) {}

  @Summary('List the people whom your vendors suggest for your team')
  @Allow('partner-team.read')
  @Get()
  @ResponseBody(ColleagueSuggestionsView)
  async list(@CurrentPartner() actor: PartnerActor): Promise<ColleagueSuggestionsView> {
    const open = await this.suggestions.list(actor);
    return {
      items: open.map(({ id, vendorName, email, suggestedAt }) => ({
        id,
        vendorName,
        email,
        suggestedAt: suggestedAt.toISOString(),
      })),
    };
  }

  @Summary('Invite a suggested person into your team')
  @Allow('partner-team.edit')
  @Post(':id/invite')
  @HttpCode(202)
  async invite(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ColleagueSuggestionId,
    @Body({ schema: InviteSuggested }) { role }: z.output<typeof InviteSuggested>,
  ): Promise<void> {
    await this.suggestions.invite(actor, id, role);
  }

  /** The vendor is not told. */
  @Summary('Decline a suggested person')
  @Allow('partner-team.edit')
  @Unconfirmed('It gives no access.')
  @Post(':id/decline')
  @HttpCode(204)
  async decline(@CurrentPartner() actor: PartnerActor, @IdParam('id') id: ColleagueSuggestionId): Promise<void> {
    await this.suggestions.decline(actor, id);
  }
}
