import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Calendars } from '#activations';
import { PartnerCalendar } from '#contracts';
import type { PartnerActor } from '#kernel';
import { calendarView } from './calendar.view.js';
import { Answers } from './http/api-response.js';
import { Allow, CurrentPartner } from './http/authority.js';

/** Days on which nothing of a partner goes out, in whatever campaign. */
@ApiTags('activations')
@Controller('api/v1/calendar')
export class CalendarController {
  constructor(private readonly calendars: Calendars) {}

  @Get()
  @Allow('activations.read')
  @Answers(PartnerCalendar)
  async get(@CurrentPartner() actor: PartnerActor): Promise<PartnerCalendar> {
    return calendarView(await this.calendars.of(actor, actor.partnerId));
  }

  @Put()
  @Allow('activations.control')
  @Answers(PartnerCalendar)
  async set(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: PartnerCalendar }) body: z.output<typeof PartnerCalendar>,
  ): Promise<PartnerCalendar> {
    await this.calendars.set(actor, body);
    return calendarView(await this.calendars.of(actor, actor.partnerId));
  }
}
