import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import type { ViewMail, ViewScreen } from '#contracts';
import { Database } from '#database';
import { NotificationSettings } from '#identity';
import { Clock, DomainError, newId, notFound } from '#kernel';
import { nextMailAt } from './mail-schedule.js';
import {
  maySee,
  type SavedView,
  type SavedViewId,
  type ScheduledMail,
  screenNotShown,
  tableOf,
  type ViewReader,
} from './saved-view.js';
import { parseViewQuery } from './view-query.js';

/** A view as one reader has it. */
export interface ListedView extends SavedView {
  /** Null: not sent to the reader. */
  readonly mail: ScheduledMail | null;
}

interface NewView extends Pick<SavedView, 'name' | 'query' | 'isShared'> {
  readonly screen: ViewScreen;
}

/** A person has no more: a list of this length is not read any more. */
const MOST = 100;

const COLUMNS = 'v.id, v.organisation_id, v.owner_id, v.owner_name, v.name, v.screen, v.query, v.is_shared';

/**
 * Views that people save, share, and get by e-mail. Private ones go with their
 * owner: libs/database/functions/saved_views.delete_private_views.sql.
 */
@Injectable()
export class SavedViews {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly notifications: NotificationSettings,
  ) {}

  /** The reader's own and those that colleagues share, of screens that the reader may see; by name. */
  async list({ actor, userId, organisationId, wantsMails }: ViewReader): Promise<ListedView[]> {
    const found = await this.database.inTransaction(actor, () =>
      this.database.query<ListedView>(
        `SELECT ${COLUMNS}, CASE WHEN m.view_id IS NOT NULL THEN jsonb_build_object('rhythm', m.rhythm, 'day', m.day,
           'hour', m.hour, 'format', m.format, 'table', m.content, 'nextAt', m.next_at) END AS mail
         FROM saved_views.view v LEFT JOIN saved_views.mail m ON m.view_id = v.id AND m.user_id = $2
         WHERE v.organisation_id = $1 AND (v.owner_id = $2 OR v.is_shared) ORDER BY lower(v.name), v.id`,
        [organisationId, userId],
      ),
    );
    return found
      .filter(({ screen }) => maySee(actor, screen))
      .map(({ mail, ...view }) => ({
        ...view,
        mail: mail === null || !wantsMails ? null : { ...mail, nextAt: new Date(mail.nextAt) },
      }));
  }

  /** @throws DomainError `saved-view.not-found` also for a colleague's own one. */
  async get(reader: ViewReader, id: SavedViewId): Promise<ListedView> {
    const found = (await this.list(reader)).find((view) => view.id === id);
    if (found === undefined) throw notFound('saved-view', id);
    return found;
  }

  /** @throws DomainError `saved-view.screen`, `saved-view.query-…`, `saved-view.too-many`. */
  async save(reader: ViewReader, view: NewView): Promise<SavedViewId> {
    const { actor, userId, organisationId } = reader;
    if (!maySee(actor, view.screen)) throw screenNotShown();
    parseViewQuery(actor.kind, view.screen, view.query);
    const id = newId<SavedViewId>();
    await this.database.inTransaction(actor, async () => {
      await this.database.lock(`saved views ${userId}`);
      const own = (await this.list(reader)).filter(({ ownerId }) => ownerId === userId);
      if (own.length >= MOST)
        throw new DomainError(
          'saved-view.too-many',
          `You have ${MOST} saved views. Delete one that you do not need any more.`,
          {},
          { kind: 'conflict' },
        );
      await this.database.query(
        `INSERT INTO saved_views.view (id, organisation_id, owner_id, owner_name, name, screen, query, is_shared, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [id, organisationId, userId, actor.name, view.name, view.screen, view.query, view.isShared, this.clock.now()],
      );
      await this.record(reader, 'saved-view.created', { id, ...view });
    });
    return id;
  }

  /** @throws DomainError `saved-view.not-found`, `saved-view.not-own`. */
  async change(
    reader: ViewReader,
    id: SavedViewId,
    change: { readonly name?: string | undefined; readonly isShared?: boolean | undefined },
  ): Promise<void> {
    await this.database.inTransaction(reader.actor, async () => {
      const view = await this.own(reader, id);
      const { name = null, isShared = null } = change;
      const [changed = view] = await this.database.query<Pick<SavedView, 'name' | 'isShared'>>(
        `UPDATE saved_views.view SET name = coalesce($2, name), is_shared = coalesce($3, is_shared), changed_at = $4
         WHERE id = $1 RETURNING name, is_shared`,
        [id, name, isShared, this.clock.now()],
      );
      // Nobody gets by e-mail what they cannot open.
      if (!changed.isShared)
        await this.database.query('DELETE FROM saved_views.mail WHERE view_id = $1 AND user_id <> $2', [
          id,
          reader.userId,
        ]);
      await this.record(reader, 'saved-view.changed', { ...view, ...changed });
    });
  }

  /** @throws DomainError `saved-view.not-found`, `saved-view.not-own`. */
  async delete(reader: ViewReader, id: SavedViewId): Promise<void> {
    await this.database.inTransaction(reader.actor, async () => {
      const view = await this.own(reader, id);
      await this.database.query('DELETE FROM saved_views.view WHERE id = $1', [id]);
      await this.record(reader, 'saved-view.deleted', view);
    });
  }

  /**
   * Sends the view to the reader from now on. Who had stopped all of these
   * e-mails gets this one alone.
   * @param mail null: no longer.
   * @throws DomainError `saved-view.not-found`, `saved-view.not-mailed`,
   *   `saved-view.query-…` for a view that was saved before addresses were checked.
   */
  async schedule(reader: ViewReader, id: SavedViewId, mail: ViewMail | null): Promise<void> {
    const { actor, userId, organisationId, timeZone, wantsMails } = reader;
    await this.database.inTransaction(actor, async () => {
      const view = await this.get(reader, id);
      if (mail === null) {
        await this.database.query('DELETE FROM saved_views.mail WHERE view_id = $1 AND user_id = $2', [id, userId]);
        await this.record(reader, 'saved-view.mail-ended', view);
        return;
      }
      const table = tableOf(actor, view, mail.table);
      parseViewQuery(actor.kind, view.screen, view.query);
      if (!wantsMails) await this.startAgain(reader);
      const nextAt = nextMailAt(mail, this.clock.now(), timeZone);
      await this.database.query(
        `INSERT INTO saved_views.mail (view_id, user_id, organisation_id, rhythm, day, hour, format, content, next_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (view_id, user_id) DO UPDATE SET rhythm = excluded.rhythm, day = excluded.day, hour = excluded.hour,
           format = excluded.format, content = excluded.content, next_at = excluded.next_at`,
        [id, userId, organisationId, mail.rhythm, mail.day, mail.hour, mail.format, table, nextAt],
      );
      await this.record(reader, 'saved-view.mail-set', { ...view, ...mail });
    });
  }

  private async startAgain({ actor, userId, organisationId }: ViewReader): Promise<void> {
    await this.database.query('DELETE FROM saved_views.mail WHERE user_id = $1 AND organisation_id = $2', [
      userId,
      organisationId,
    ]);
    await this.notifications.save(actor, { userId, organisationId }, [{ kind: 'saved-views', delivery: 'at-once' }]);
  }

  /** A view that the reader may change: their own, or as an owner one that a colleague shares. */
  private async own(reader: ViewReader, id: SavedViewId): Promise<ListedView> {
    const view = await this.get(reader, id);
    if (view.ownerId === reader.userId || reader.actor.role === 'owner') return view;
    throw new DomainError(
      'saved-view.not-own',
      `This view is ${view.ownerName}’s. Save one of your own, or ask ${view.ownerName} or an owner to change it.`,
      { owner: view.ownerName },
      { kind: 'forbidden' },
    );
  }

  private async record(
    { actor }: ViewReader,
    action: `saved-view.${string}`,
    { id, name, screen, isShared }: Pick<SavedView, 'id' | 'name' | 'screen' | 'isShared'>,
  ): Promise<void> {
    await this.audit.record(actor, {
      action,
      subject: { kind: 'saved-view', id },
      details: { name, screen, isShared },
    });
  }
}
