import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ContactLists, Contacts, Segments } from '#contacts';
import {
  CONTACT_FIELDS,
  ContactCount,
  ContactList,
  ContactListChange,
  ContactListRemoval,
  ContactLists as ContactListsAnswer,
  NewContactList,
  SegmentCountRequest,
  TableForm,
} from '#contracts';
import type { ContactId, ContactListId, PartnerActor } from '#kernel';
import { contactListView } from './contact.view.js';
import { Allow, CurrentPartner } from '../http/authority.js';
import { CsvTable, type TableCell, type TableColumn } from '../http/csv-table.js';
import { IdParam } from '../http/path-parameters.js';
import { CsvResponse, ResponseBody, Summary } from '../http/openapi.js';

const EXPORT_COLUMNS = ['email', ...CONTACT_FIELDS] as const satisfies readonly TableColumn[];
const EXPORT_PAGE = 1000;

@ApiTags('contacts')
@Controller('api/v1/contact-lists')
export class ContactListsController {
  constructor(
    private readonly lists: ContactLists,
    private readonly contacts: Contacts,
    private readonly segments: Segments,
  ) {}

  @Summary('List your contact lists with their sizes')
  @Get()
  @Allow('contacts.read')
  @ResponseBody(ContactListsAnswer)
  async all(@CurrentPartner() actor: PartnerActor): Promise<z.input<typeof ContactListsAnswer>> {
    return { items: (await this.lists.all(actor)).map(contactListView), nextCursor: null };
  }

  @Summary('Create a contact list: empty, with all of your contacts, or a segment with a rule')
  @Post()
  @Allow('contacts.edit')
  @ResponseBody(ContactList, 201)
  async create(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: NewContactList }) body: z.output<typeof NewContactList>,
  ): Promise<ContactList> {
    const { name, isDefault, allContacts, rule } = body;
    if (allContacts === true) return contactListView(await this.lists.createOfAll(actor, name));
    const input = { name, ...(isDefault === true ? { isDefault } : {}) };
    const id =
      rule === undefined
        ? (await this.lists.create(actor, input)).id
        : await this.segments.create(actor, { ...input, rule });
    return contactListView(await this.lists.withSize(actor, id));
  }

  @Summary('Count the contacts that the rule of a segment matches now')
  @Post('segment-count')
  @HttpCode(200)
  @Allow('contacts.read')
  @ResponseBody(ContactCount)
  async count(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: SegmentCountRequest }) { rule }: z.output<typeof SegmentCountRequest>,
  ): Promise<ContactCount> {
    return { count: await this.segments.count(actor, rule) };
  }

  @Summary('Get one contact list')
  @Get(':id')
  @Allow('contacts.read')
  @ResponseBody(ContactList)
  async get(@CurrentPartner() actor: PartnerActor, @IdParam('id') listId: ContactListId): Promise<ContactList> {
    return contactListView(await this.lists.withSize(actor, listId));
  }

  @Summary('Rename a contact list, make it the default, or change the rule of a segment')
  @Patch(':id')
  @Allow('contacts.edit')
  @ResponseBody(ContactList)
  async change(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') listId: ContactListId,
    @Body({ schema: ContactListChange }) body: z.output<typeof ContactListChange>,
  ): Promise<ContactList> {
    const { name, isDefault, rule } = body;
    if (rule !== undefined) await this.segments.changeRule(actor, listId, rule);
    if (name !== undefined || isDefault !== undefined)
      await this.lists.change(actor, listId, {
        ...(name === undefined ? {} : { name }),
        ...(isDefault === undefined ? {} : { isDefault }),
      });
    return contactListView(await this.lists.withSize(actor, listId));
  }

  @Summary('Delete a contact list. Its contacts stay. If it was the default, another list becomes the default')
  @Delete(':id')
  @HttpCode(204)
  @Allow('contacts.edit')
  @ApiNoContentResponse()
  async remove(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') listId: ContactListId,
    @Query({ schema: ContactListRemoval }) { default: next }: z.output<typeof ContactListRemoval>,
  ): Promise<void> {
    await this.lists.remove(actor, listId, next ?? null);
  }

  /** A CSV file of all contacts, with formulas disabled for spreadsheets. */
  @Summary('Download the contacts of a list as CSV')
  @CsvResponse()
  @Get(':id/contacts.csv')
  @Allow('contacts.read')
  async export(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') listId: ContactListId,
    @Query({ schema: TableForm }) { language }: z.output<typeof TableForm>,
  ): Promise<StreamableFile> {
    await this.lists.get(actor, listId);
    return new CsvTable(EXPORT_COLUMNS, language).streamed(this.rows(actor, listId), 'contacts.csv');
  }

  private async *rows(actor: PartnerActor, listId: ContactListId): AsyncGenerator<TableCell[][]> {
    let afterId: ContactId | null = null;
    for (;;) {
      const page = await this.contacts.inLists(actor, [listId], { afterId, limit: EXPORT_PAGE });
      yield page.map((contact) => EXPORT_COLUMNS.map((column) => contact[column]));
      if (page.length < EXPORT_PAGE) return;
      afterId = page.at(-1)?.id ?? null;
    }
  }
}
