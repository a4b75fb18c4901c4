import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { NotificationPage, PageQuery, ReadNotifications } from '#contracts';
import type { Session } from '#identity';
import { Inbox, type InboxItem, type InboxReader, type NotificationId } from '#notifications';
import { CurrentSession, SignedIn } from '../http/authority.js';
import { idCursor, nextCursor } from '../http/cursor-page.js';
import { ResponseBody, Summary } from '../http/openapi.js';

const FIRST_PAGE = { limit: 20 };

/** The inbox of the signed-in user in the organisation of the session. */
@Controller('api/v1/notifications')
export class NotificationsController {
  constructor(private readonly inbox: Inbox) {}

  @Summary('List what happened for you in your organisation, newest first')
  @SignedIn()
  @Get()
  @ResponseBody(NotificationPage)
  async list(
    @CurrentSession() { session }: { session: Session },
    @Query({ schema: PageQuery }) { limit, cursor }: z.output<typeof PageQuery>,
  ): Promise<NotificationPage> {
    const reader = readerOf(session);
    if (reader === null) return { unread: 0, items: [], nextCursor: null };
    const items = await this.inbox.list(reader, { limit, beforeId: idCursor<NotificationId>(cursor) });
    return {
      unread: await this.inbox.unread(reader),
      items: items.map(itemView),
      nextCursor: nextCursor(items, limit, ({ id }) => id),
    };
  }

  /** @returns the first page. */
  @Summary('Mark notifications as read, or as unread again: some by their ids, or all')
  @SignedIn()
  @Post('read')
  @HttpCode(200)
  @ResponseBody(NotificationPage)
  async read(
    @CurrentSession() { session }: { session: Session },
    @Body({ schema: ReadNotifications }) { ids, isRead = true }: z.output<typeof ReadNotifications>,
  ): Promise<NotificationPage> {
    const reader = readerOf(session);
    if (reader !== null) await this.inbox.mark(reader, (ids as NotificationId[] | undefined) ?? null, isRead);
    return this.list({ session }, FIRST_PAGE);
  }
}

function readerOf({ actor, organisation, user }: Session): InboxReader | null {
  return actor === null || organisation === null ? null : { actor, userId: user.id, organisationId: organisation.id };
}

const itemView = (item: InboxItem): NotificationPage['items'][number] => ({
  id: item.id,
  kind: item.kind,
  event: item.event,
  at: item.at.toISOString(),
  isUnread: item.readAt === null,
  by: item.byName,
  title: item.titles === null ? null : { ...item.titles },
  number: item.number,
  path: item.path,
});
