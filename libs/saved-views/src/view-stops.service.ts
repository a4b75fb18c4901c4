import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { notFound } from '#kernel';
import { type LinkReader, OptOutLinks } from '#notifications';
import type { SavedView, SavedViewId } from './saved-view.js';

/** Of the query of a link at the end of an e-mail: the view that the e-mail has. */
export const VIEW_PARAMETER = 'v';

/** What the page behind the link shows. */
export interface StopFacts extends Pick<LinkReader, 'organisation' | 'locale'> {
  /** Null: the view is not sent to this reader any more. */
  readonly name: string | null;
}

/**
 * Links that stop the e-mails of one view to one reader, without a sign-in. The
 * token of the link proves the reader; the view alone proves nothing, so that
 * it stands beside the token.
 */
@Injectable()
export class ViewStops {
  constructor(
    private readonly database: Database,
    private readonly links: OptOutLinks,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `link.not-found`. */
  async facts(token: string, viewId: SavedViewId): Promise<StopFacts> {
    const reader = await this.reader(token);
    return { ...reader, name: (await this.sent(reader, viewId))?.name ?? null };
  }

  /**
   * Ends the e-mails of the view to the reader. Idempotent.
   * @returns as it was before.
   * @throws DomainError `link.not-found`.
   */
  async stop(token: string, viewId: SavedViewId): Promise<StopFacts> {
    const reader = await this.reader(token);
    const { actor, readerId } = reader;
    return this.database.inTransaction(actor, async () => {
      const view = await this.sent(reader, viewId);
      if (view === null) return { ...reader, name: null };
      await this.database.query('DELETE FROM saved_views.mail WHERE view_id = $1 AND user_id = $2', [viewId, readerId]);
      await this.audit.record(actor, {
        action: 'saved-view.mail-ended',
        subject: { kind: 'saved-view', id: viewId },
        details: { ...view, userId: readerId },
      });
      return { ...reader, name: view.name };
    });
  }

  private async reader(token: string): Promise<LinkReader> {
    const reader = await this.links.reader(token);
    if (reader.kind !== 'saved-views') throw notFound('link', 'token');
    return reader;
  }

  private async sent(
    { actor, readerId }: LinkReader,
    viewId: SavedViewId,
  ): Promise<Pick<SavedView, 'name' | 'screen' | 'isShared'> | null> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<Pick<SavedView, 'name' | 'screen' | 'isShared'>>(
        `SELECT v.name, v.screen, v.is_shared FROM saved_views.view v JOIN saved_views.mail m ON m.view_id = v.id
         WHERE v.id = $1 AND m.user_id = $2`,
        [viewId, readerId],
      ),
    );
    return found ?? null;
  }
}
