import { Injectable } from '@nestjs/common';
import type { PartnerActor, SystemActor } from '#kernel';
import { type Activation, choicesWith } from './activation.js';
import { Activations } from './activations.service.js';
import { Calendars } from './calendars.service.js';
import { datesOf, type PlannedDates } from './planned-dates.js';

/** When the steps of activations come, by the choices of their launch and their partner's calendar. */
@Injectable()
export class ActivationDates {
  constructor(
    private readonly activations: Activations,
    private readonly calendars: Calendars,
  ) {}

  /** Its choices with the closed days of its partner's calendar. */
  async choices(actor: PartnerActor | SystemActor, activation: Activation): Promise<Activation['choices']> {
    return choicesWith(activation, await this.calendars.get(actor, activation.partnerId));
  }

  /** When its steps come, as its partner chose at launch. */
  async dates(actor: PartnerActor, activation: Activation): Promise<PlannedDates> {
    const { definition } = await this.activations.campaign(actor, activation);
    return datesOf(definition.sequence, activation, await this.calendars.get(actor, activation.partnerId));
  }
}
