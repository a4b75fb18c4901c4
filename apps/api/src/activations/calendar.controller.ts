import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Activations, Calendars } from '#activations';
import { stepNames } from '#content';
import { CalendarOutlook, StoredCalendar, PartnerCalendar, PublicHolidays, PublicHolidaysQuery } from '#contracts';
import type { PartnerActor } from '#kernel';
import { CalendarImpact } from '#sequences';
import { publicHolidays } from '#sequencing';
import { calendarInput, calendarView, shiftView } from './calendar.view.js';
import { Allow, CurrentPartner } from '../http/authority.js';
import { EditedVersion, numberOf, ReplacesVersion } from '../http/edited-version.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/** Days on which no campaign of a partner sends. */
@ApiTags('activations')
@Controller('api/v1/calendar')
export class CalendarController {
  constructor(
    private readonly calendars: Calendars,
    private readonly activations: Activations,
    private readonly shifts: CalendarImpact,
  ) {}

  @Summary('Get the days on which none of your campaigns send')
  @Get()
  @Allow('activations.read')
  @ResponseBody(StoredCalendar)
  async get(@CurrentPartner() actor: PartnerActor): Promise<StoredCalendar> {
    return calendarView(await this.calendars.get(actor, actor.partnerId));
  }

  @Summary('Replace your closed days. Steps due on one of them wait for the next open day')
  @Put()
  @Allow('activations.control')
  @ReplacesVersion()
  @ResponseBody(StoredCalendar)
  async set(
    @CurrentPartner() actor: PartnerActor,
    @EditedVersion() basedOn: string | null,
    @Body({ schema: PartnerCalendar }) body: z.output<typeof PartnerCalendar>,
  ): Promise<StoredCalendar> {
    await this.calendars.set(actor, calendarInput(body), numberOf(basedOn));
    return calendarView(await this.calendars.get(actor, actor.partnerId));
  }

  /** Suggestions for closed days. */
  @Summary('List the public holidays of a country or region')
  @Get('public-holidays')
  @Allow('activations.read')
  @ResponseBody(PublicHolidays)
  async publicHolidays(
    @Query({ schema: PublicHolidaysQuery })
    { country, region, year, language }: z.output<typeof PublicHolidaysQuery>,
  ): Promise<PublicHolidays> {
    const { regions, days } = await publicHolidays({ country, region: region ?? null, year, language });
    return { regions: [...regions], days: [...days] };
  }

  @Summary('Preview how a calendar would move running campaigns. Changes nothing')
  @Post('outlook')
  @Allow('activations.read')
  @HttpCode(200)
  @ResponseBody(CalendarOutlook)
  async outlook(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: PartnerCalendar }) body: z.output<typeof PartnerCalendar>,
  ): Promise<CalendarOutlook> {
    const shifts = await this.shifts.preview(actor, await this.calendars.complete(actor, calendarInput(body)));
    const titles = await this.activations.titlesOf(
      actor,
      shifts.map(({ activation }) => activation),
    );
    const outlook: CalendarOutlook = { activations: [] };
    for (const shift of shifts) {
      const { activation } = shift;
      const names = stepNames(await this.activations.campaign(actor, activation), activation.locale);
      outlook.activations.push(shiftView(shift, titles.get(activation.id) ?? { title: '', titles: {} }, names));
    }
    return outlook;
  }
}
