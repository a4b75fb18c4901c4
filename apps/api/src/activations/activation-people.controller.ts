import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Activations } from '#activations';
import { Contacts } from '#contacts';
import { PeopleOfActivation, PeopleQuery } from '#contracts';
import type { ActivationId, PartnerActor } from '#kernel';
import { ActivationContacts, NextEmails } from '#sequences';
import { personView } from './activations.view.js';
import { Allow, CurrentPartner } from '../http/authority.js';
import { idCursor, nextCursor } from '../http/cursor-page.js';
import { IdParam } from '../http/path-parameters.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/** The contacts of an activation. Only the partner sees them. */
@ApiTags('activations')
@Controller('api/v1/activations/:id/people')
export class ActivationPeopleController {
  constructor(
    private readonly activations: Activations,
    private readonly people: ActivationContacts,
    private readonly contacts: Contacts,
    private readonly nextEmails: NextEmails,
  ) {}

  @Summary('List the contacts of an activation: who received e-mails, who waits, and who was left out and why')
  @Get()
  @Allow('contacts.read')
  @ResponseBody(PeopleOfActivation)
  async page(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ActivationId,
    @Query({ schema: PeopleQuery }) { limit, cursor, state, reason }: z.output<typeof PeopleQuery>,
  ): Promise<z.output<typeof PeopleOfActivation>> {
    await this.activations.get(actor, id);
    const after = idCursor(cursor);
    const found = await this.people.page(actor, id, {
      limit,
      after,
      state: state ?? null,
      reason: reason ?? null,
    });
    const contactIds = found.map(({ contactId }) => contactId);
    const known = await this.contacts.byIds(actor, contactIds);
    const nextEmails = await this.nextEmails.ofContacts(actor, id, contactIds);
    const byId = new Map(known.map((contact) => [contact.id, contact]));
    return {
      items: found.map((person) => personView(person, byId.get(person.contactId), nextEmails.get(person.contactId))),
      nextCursor: nextCursor(found, limit, ({ contactId }) => contactId),
    };
  }
}
