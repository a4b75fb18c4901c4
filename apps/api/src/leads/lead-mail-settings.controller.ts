import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { LeadMailSetting } from '#contracts';
import type { PartnerActor } from '#kernel';
import { LeadMailSettings } from '#leads';
import { Allow, CurrentPartner } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/** What a partner's e-mails about leads say of the person. */
@ApiTags('leads')
@Controller('api/v1/lead-mail-setting')
export class LeadMailSettingsController {
  constructor(private readonly settings: LeadMailSettings) {}

  @Summary('Get what e-mails about leads say of the person')
  @Allow('leads.read')
  @Get()
  @ResponseBody(LeadMailSetting)
  async read(@CurrentPartner() actor: PartnerActor): Promise<LeadMailSetting> {
    return { details: await this.settings.get(actor, actor.partnerId) };
  }

  @Summary('Choose what e-mails about leads say of the person')
  @Allow('lead-mail.edit')
  @Put()
  @ResponseBody(LeadMailSetting)
  async change(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: LeadMailSetting }) { details }: z.output<typeof LeadMailSetting>,
  ): Promise<LeadMailSetting> {
    await this.settings.change(actor, details);
    return this.read(actor);
  }
}
