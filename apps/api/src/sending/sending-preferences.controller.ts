import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { SendingPreferences, type SendingPreferenceState } from '#brand';
import { SendingPreferenceChange, SendingPreferenceView } from '#contracts';
import type { PartnerActor } from '#kernel';
import { Allow, CurrentPartner } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/** Where replies to a partner's e-mails go, and how many a person gets a day. */
@ApiTags('sending')
@Controller('api/v1/sending/preferences')
export class SendingPreferencesController {
  constructor(private readonly preferences: SendingPreferences) {}

  @Summary('Get where replies go, and how many campaign e-mails a person gets in a day')
  @Get()
  @Allow('brand.read')
  @ResponseBody(SendingPreferenceView)
  async get(@CurrentPartner() actor: PartnerActor): Promise<SendingPreferenceView> {
    return viewOf(await this.preferences.get(actor));
  }

  @Summary('Choose where replies go, and how many campaign e-mails a person gets in a day')
  @Patch()
  @Allow('brand.edit')
  @ResponseBody(SendingPreferenceView)
  async change(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: SendingPreferenceChange }) change: z.output<typeof SendingPreferenceChange>,
  ): Promise<SendingPreferenceView> {
    return viewOf(await this.preferences.change(actor, change));
  }
}

const viewOf = ({ repliesTo, emailsPerDay, canReceive }: SendingPreferenceState): SendingPreferenceView => ({
  repliesTo,
  emailsPerDay,
  canReceive,
});
