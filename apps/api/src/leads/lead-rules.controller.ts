import { Body, Controller, Get, Put } from '@nestjs/common';
import { z } from 'zod';
import { ActivationLeadRule, StricterLeadRule } from '#contracts';
import type { ActivationId, PartnerActor } from '#kernel';
import { LeadRules } from '#leads';
import { Allow, CurrentPartner } from '../http/authority.js';
import { EditedVersion, ReplacesVersion } from '../http/edited-version.js';
import { IdParam } from '../http/path-parameters.js';
import { activationLeadRuleView } from './lead-rule.view.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/** Which contacts become leads, and how long a lead may stay untouched. */
@Controller('api/v1/activations/:id/lead-rule')
export class LeadRulesController {
  constructor(private readonly rules: LeadRules) {}

  @Summary("Get the lead rule of an activation: the vendor's rule and your stricter settings")
  @Allow('activations.read')
  @Get()
  @ResponseBody(ActivationLeadRule)
  async read(@CurrentPartner() actor: PartnerActor, @IdParam('id') id: ActivationId): Promise<ActivationLeadRule> {
    return activationLeadRuleView(await this.rules.get(actor, id));
  }

  @Summary("Make the lead rule of an activation stricter than the vendor's. It cannot be made looser")
  @Allow('activations.control')
  @Put()
  @ReplacesVersion()
  @ResponseBody(ActivationLeadRule)
  async makeStricter(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ActivationId,
    @EditedVersion() basedOn: string | null,
    @Body({ schema: StricterLeadRule }) body: z.output<typeof StricterLeadRule>,
  ): Promise<ActivationLeadRule> {
    return activationLeadRuleView(await this.rules.makeStricter(actor, id, body, basedOn));
  }
}
