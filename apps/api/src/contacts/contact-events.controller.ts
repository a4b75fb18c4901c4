import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ContactEvent, RecordedEvent } from '#contracts';
import type { ContactId, PartnerActor } from '#kernel';
import { ContactEvents } from '#sequences';
import { Allow, CurrentPartner } from '../http/authority.js';
import { IdParam } from '../http/path-parameters.js';
import { ResponseBody, Summary } from '../http/openapi.js';

@ApiTags('contacts')
@Controller('api/v1/contacts')
export class ContactEventsController {
  constructor(private readonly events: ContactEvents) {}

  /**
   * Reports what a contact did in another system. Sequences that wait for this
   * event continue within two seconds.
   */
  @Summary('Report an event of a contact in another system. Sequences that wait for this event continue')
  @Post(':id/events')
  @HttpCode(200)
  @Allow('contacts.edit')
  @ResponseBody(RecordedEvent)
  async record(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ContactId,
    @Body({ schema: ContactEvent }) { name, externalId }: z.output<typeof ContactEvent>,
  ): Promise<z.output<typeof RecordedEvent>> {
    return { isNew: await this.events.record(actor, id, name, externalId ?? null) };
  }
}
