import { Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import type { PartnerActor } from '#kernel';
import { NO_CHOICES, type PartnerChoices, type PlannedStep, plannedEmails, withCalendar } from '#sequencing';
import { requireAllowed } from '../allowed-choices.js';
import { Calendars } from '../calendars.service.js';
import { LaunchDelays } from '../launch/launch-delays.service.js';
import type { Offer } from './offers.service.js';
import { datesOf, type PlannedDates } from '../planned-dates.js';

/** When the steps of an offer would come, by the partner's calendar. */
@Injectable()
export class OfferDates {
  constructor(
    private readonly profiles: BrandProfiles,
    private readonly calendars: Calendars,
    private readonly delays: LaunchDelays,
  ) {}

  /** When each e-mail would go to a contact in the partner's time zone. */
  async calendar(
    actor: PartnerActor,
    offer: Offer,
    startAt: Date | null,
  ): Promise<{ timeZone: string; steps: PlannedStep[] }> {
    const { timeZone } = await this.profiles.current(actor);
    const zone = timeZone ?? 'UTC';
    const choices = withCalendar(NO_CHOICES, await this.calendars.get(actor, actor.partnerId));
    const { sequence } = offer.compiled.definition;
    return { timeZone: zone, steps: plannedEmails(sequence, await this.delays.startOf(actor, startAt), zone, choices) };
  }

  /**
   * When each step would come to the same person, with choices and without.
   * @throws DomainError `launch.choices` as a launch does.
   */
  async dates(
    actor: PartnerActor,
    { compiled }: Offer,
    startAt: Date | null,
    choices: PartnerChoices,
  ): Promise<PlannedDates> {
    const { sequence } = compiled.definition;
    requireAllowed(sequence, choices);
    const timeZone = (await this.profiles.current(actor)).timeZone ?? sequence.timeZone ?? 'UTC';
    const calendar = await this.calendars.get(actor, actor.partnerId);
    return datesOf(sequence, { startAt: await this.delays.startOf(actor, startAt), timeZone, choices }, calendar);
  }
}
