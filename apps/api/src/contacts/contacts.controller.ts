import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type ContactFilter, Contacts, ContactLists, ContactRecords, ContactSelection } from '#contacts';
import {
  ConsentForMany,
  ContactChange,
  ContactCount,
  ContactDetail,
  ContactFilter as ContactFilterView,
  ContactPage,
  ContactQuery,
  NewContact,
} from '#contracts';
import { Clock, type ContactId, type PartnerActor } from '#kernel';
import { contactDetailView, contactView } from './contact.view.js';
import { Allow, CurrentPartner } from '../http/authority.js';
import { idCursor, nextCursor } from '../http/cursor-page.js';
import { IdParam } from '../http/path-parameters.js';
import { ResponseBody, Summary } from '../http/openapi.js';

@ApiTags('contacts')
@Controller('api/v1/contacts')
export class ContactsController {
  constructor(
    private readonly records: ContactRecords,
    private readonly contacts: Contacts,
    private readonly lists: ContactLists,
    private readonly selection: ContactSelection,
    private readonly clock: Clock,
  ) {}

  @Summary('List your contacts, with search by name and address')
  @Get()
  @Allow('contacts.read')
  @ResponseBody(ContactPage)
  async page(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: ContactQuery }) query: z.output<typeof ContactQuery>,
  ): Promise<z.input<typeof ContactPage>> {
    if (query.listId !== undefined) await this.lists.get(actor, query.listId);
    const found = await this.contacts.page(actor, {
      limit: query.limit,
      beforeId: idCursor(query.cursor),
      ...filterOf(query),
    });
    return {
      items: found.map(contactView),
      nextCursor: nextCursor(found, query.limit, ({ id }) => id),
    };
  }

  @Summary('Count your contacts that match a filter')
  @Get('count')
  @Allow('contacts.read')
  @ResponseBody(ContactCount)
  async count(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: ContactFilterView }) query: z.output<typeof ContactFilterView>,
  ): Promise<ContactCount> {
    return { count: await this.selection.count(actor, filterOf(query)) };
  }

  /** Applies to every matching contact, not only to those on a page. */
  @Summary('Record one consent for all contacts that match a filter')
  @Post('consent')
  @HttpCode(204)
  @Allow('contacts.edit')
  @ApiNoContentResponse()
  async recordConsent(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: ConsentForMany }) body: z.output<typeof ConsentForMany>,
  ): Promise<void> {
    await this.selection.recordConsent(
      actor,
      { ...filterOf(body.filter), consent: body.filter.consent },
      body.consent,
      body.expected,
    );
  }

  @Summary('Create a contact with the legal basis for e-mailing it')
  @Post()
  @Allow('contacts.edit')
  @ResponseBody(ContactDetail, 201)
  async create(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: NewContact }) body: z.output<typeof NewContact>,
  ): Promise<ContactDetail> {
    const { listIds, consent, ...input } = body;
    const { id: made } = await this.contacts.create(actor, {
      ...input,
      ...(listIds === undefined ? {} : { listIds }),
      ...(consent === undefined ? {} : { consent }),
    });
    return this.detail(actor, made);
  }

  @Summary('Get one contact')
  @Get(':id')
  @Allow('contacts.read')
  @ResponseBody(ContactDetail)
  async get(@CurrentPartner() actor: PartnerActor, @IdParam('id') contactId: ContactId): Promise<ContactDetail> {
    return this.detail(actor, contactId);
  }

  @Summary('Update a contact')
  @Patch(':id')
  @Allow('contacts.edit')
  @ResponseBody(ContactDetail)
  async change(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') contactId: ContactId,
    @Body({ schema: ContactChange }) body: z.output<typeof ContactChange>,
  ): Promise<ContactDetail> {
    const { consent, addToLists = [], takeFromLists = [], ...input } = body;
    await this.records.edit(actor, contactId, {
      fields: input,
      ...(consent === undefined ? {} : { consent }),
      addTo: addToLists,
      removeFrom: takeFromLists,
    });
    return this.detail(actor, contactId);
  }

  @Summary('Delete a contact')
  @Delete(':id')
  @HttpCode(204)
  @Allow('contacts.edit')
  @ApiNoContentResponse()
  async remove(@CurrentPartner() actor: PartnerActor, @IdParam('id') contactId: ContactId): Promise<void> {
    await this.contacts.remove(actor, contactId);
  }

  /**
   * Keeps only a keyed hash of the address, so that it is never imported again.
   */
  @Summary('Erase a contact and all data that names it')
  @Post(':id/erase')
  @HttpCode(204)
  @Allow('contacts.edit')
  @ApiNoContentResponse()
  async erase(@CurrentPartner() actor: PartnerActor, @IdParam('id') contactId: ContactId): Promise<void> {
    await this.contacts.erase(actor, contactId);
  }

  private async detail(actor: PartnerActor, contactId: ContactId): Promise<ContactDetail> {
    const { contact, ...rest } = await this.records.get(actor, contactId);
    return contactDetailView(contact, rest, this.clock.now());
  }
}

function filterOf({ listId, q, consent, suppressed }: z.output<typeof ContactFilterView>): ContactFilter {
  return {
    ...(listId === undefined ? {} : { listId }),
    ...(q === undefined ? {} : { search: q }),
    ...(consent === undefined ? {} : { consent }),
    ...(suppressed === undefined ? {} : { suppressed: suppressed === 'yes' }),
  };
}
