import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { LaunchDelays } from '#activations';
import { LaunchDelayView, SaveLaunchDelay } from '#contracts';
import type { PartnerActor } from '#kernel';
import { Allow, CurrentPartner } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/** How long a partner's launches wait, so that they can be undone. */
@ApiTags('sending')
@Controller('api/v1/sending/launch-delay')
export class LaunchDelayController {
  constructor(private readonly delays: LaunchDelays) {}

  @Summary('Get the minutes between your launches and their first e-mails')
  @Get()
  @Allow('brand.read')
  @ResponseBody(LaunchDelayView)
  one(@CurrentPartner() actor: PartnerActor): Promise<LaunchDelayView> {
    return this.delays.get(actor);
  }

  @Summary('Set the minutes between your launches and their first e-mails, from 0 to 60')
  @Put()
  @Allow('brand.edit')
  @ResponseBody(LaunchDelayView)
  set(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: SaveLaunchDelay }) { minutes }: z.output<typeof SaveLaunchDelay>,
  ): Promise<LaunchDelayView> {
    return this.delays.set(actor, minutes);
  }
}
