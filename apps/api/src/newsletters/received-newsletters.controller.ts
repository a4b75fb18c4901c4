import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ReceivedNewsletterView } from '#contracts';
import type { PartnerActor } from '#kernel';
import { type NewsletterId, ReceivedNewsletters } from '#newsletters';
import { Allow, CurrentPartner } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';

/** Newsletters of vendors, for the people of a partner to whom they were sent. */
@Controller('api/v1/received-newsletters/:id')
export class ReceivedNewslettersController {
  constructor(private readonly received: ReceivedNewsletters) {}

  @Summary('Get a newsletter that was sent to you')
  @Get()
  @Allow('offers.read')
  @ResponseBody(ReceivedNewsletterView)
  async get(@CurrentPartner() actor: PartnerActor, @IdParam('id') id: NewsletterId): Promise<ReceivedNewsletterView> {
    const { at, ...letter } = await this.received.get(actor, id);
    return { ...letter, at: at.toISOString() };
  }

  /** The vendor is told how many people have opened it, not who. */
  @Summary('Record that you have opened a newsletter')
  @Post('opening')
  @HttpCode(204)
  @Allow('offers.read')
  async recordOpening(@CurrentPartner() actor: PartnerActor, @IdParam('id') id: NewsletterId): Promise<void> {
    await this.received.recordOpening(actor, id);
  }
}
