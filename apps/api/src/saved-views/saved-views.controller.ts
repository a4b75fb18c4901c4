import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Put, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  ChangeSavedView,
  NewSavedView,
  SavedViewItem,
  SavedViews as SavedViewList,
  ViewFileQuery,
  ViewMail,
} from '#contracts';
import { Accounts, type Session } from '#identity';
import { notFound, type OrganisationId } from '#kernel';
import {
  languageOf,
  type ListedView,
  type SavedViewId,
  SavedViews,
  tablesFor,
  ViewFiles,
  type ViewReader,
} from '#saved-views';
import { CurrentSession, SignedIn } from '../http/authority.js';
import { ResponseBody, ResponseMedia, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';

/** Views of the signed-in person in the organisation of the session. */
@ApiTags('insight')
@Controller('api/v1/saved-views')
export class SavedViewsController {
  constructor(
    private readonly views: SavedViews,
    private readonly files: ViewFiles,
    private readonly accounts: Accounts,
  ) {}

  @Summary('List your saved views, and those that colleagues share')
  @SignedIn()
  @Get()
  @ResponseBody(SavedViewList)
  async list(@CurrentSession() { session }: { session: Session }): Promise<SavedViewList> {
    const { actor, organisation } = session;
    if (actor === null || organisation === null) return { items: [], timeZone: 'UTC' };
    return this.listOf(await this.readerOf(session, null));
  }

  @Summary('Get a saved view')
  @SignedIn()
  @Get(':id')
  @ResponseBody(SavedViewItem)
  async one(
    @CurrentSession() { session }: { session: Session },
    @IdParam('id') id: SavedViewId,
  ): Promise<SavedViewItem> {
    const reader = await this.readerOf(session, id);
    return itemView(await this.views.get(reader, id), reader);
  }

  @Summary('Save a screen with its filters, sort and period under a name')
  @SignedIn()
  @Post()
  @HttpCode(200)
  @ResponseBody(SavedViewList)
  async save(
    @CurrentSession() { session }: { session: Session },
    @Body({ schema: NewSavedView }) body: z.output<typeof NewSavedView>,
  ): Promise<SavedViewList> {
    const reader = await this.readerOf(session, null);
    await this.views.save(reader, body);
    return this.listOf(reader);
  }

  @Summary('Rename a saved view, share it with your team, or share it no longer')
  @SignedIn()
  @Patch(':id')
  @ResponseBody(SavedViewList)
  async change(
    @CurrentSession() { session }: { session: Session },
    @IdParam('id') id: SavedViewId,
    @Body({ schema: ChangeSavedView }) body: z.output<typeof ChangeSavedView>,
  ): Promise<SavedViewList> {
    const reader = await this.readerOf(session, id);
    await this.views.change(reader, id, body);
    return this.listOf(reader);
  }

  @Summary('Delete a saved view. Its scheduled e-mails end for all recipients')
  @SignedIn()
  @Delete(':id')
  @HttpCode(204)
  async delete(@CurrentSession() { session }: { session: Session }, @IdParam('id') id: SavedViewId): Promise<void> {
    await this.views.delete(await this.readerOf(session, id), id);
  }

  @Summary('Get a saved view by e-mail every week or month')
  @SignedIn()
  @Put(':id/mail')
  @ResponseBody(SavedViewList)
  async schedule(
    @CurrentSession() { session }: { session: Session },
    @IdParam('id') id: SavedViewId,
    @Body({ schema: ViewMail }) body: z.output<typeof ViewMail>,
  ): Promise<SavedViewList> {
    const reader = await this.readerOf(session, id);
    await this.views.schedule(reader, id, body);
    return this.listOf(reader);
  }

  @Summary('Get a saved view by e-mail no longer')
  @SignedIn()
  @Delete(':id/mail')
  @HttpCode(204)
  async endSchedule(
    @CurrentSession() { session }: { session: Session },
    @IdParam('id') id: SavedViewId,
  ): Promise<void> {
    await this.views.schedule(await this.readerOf(session, id), id, null);
  }

  /** A list has at most 5,000 rows as CSV. A PDF has at most 300, with the total, and says of how many. */
  @Summary('Download a saved view as it would be sent now, as CSV or PDF')
  @ResponseMedia('application/octet-stream')
  @SignedIn()
  @Get(':id/file')
  async file(
    @CurrentSession() { session }: { session: Session },
    @IdParam('id') id: SavedViewId,
    @Query({ schema: ViewFileQuery }) { format, table }: z.output<typeof ViewFileQuery>,
  ): Promise<StreamableFile> {
    const reader = await this.readerOf(session, id);
    const view = await this.views.get(reader, id);
    const organisation = session.organisation?.name ?? '';
    const language = languageOf(session.user);
    const { content, type, name } = await this.files.draw(view, {
      actor: reader.actor,
      organisation,
      language,
      place: { region: session.dateFormat.region, countryCode: session.countryCode },
      format,
      table,
    });
    return new StreamableFile(content, {
      type,
      disposition: `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    });
  }

  private async listOf(reader: ViewReader): Promise<SavedViewList> {
    const found = await this.views.list(reader);
    return { items: found.map((view) => itemView(view, reader)), timeZone: reader.timeZone };
  }

  /**
   * @param id of the view that is asked for; null: none.
   * @throws DomainError `saved-view.not-found` for a person of no organisation.
   */
  private async readerOf({ actor, organisation, user }: Session, id: SavedViewId | null): Promise<ViewReader> {
    if (actor === null || actor.kind === 'system' || organisation === null) throw notFound('saved-view', id ?? 'none');
    const organisationId: OrganisationId = organisation.id;
    const team = await this.accounts.team(actor, organisationId);
    const member = team.find(({ id }) => id === user.id);
    const wantsMails = member?.notifications['saved-views']?.delivery !== 'none';
    return { actor, userId: user.id, organisationId, timeZone: member?.timeZone ?? 'UTC', wantsMails };
  }
}

function itemView({ mail, ...view }: ListedView, { userId, actor }: ViewReader): SavedViewItem {
  const { id, name, screen, query, isShared, ownerId, ownerName } = view;
  return {
    id,
    name,
    screen,
    query,
    isShared,
    isOwn: ownerId === userId,
    ownerName,
    tables: tablesFor(actor, view),
    mail: mail === null ? null : { ...mail, nextAt: mail.nextAt.toISOString() },
  };
}
