import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { Actor, OrganisationId, UserId } from '#kernel';

/** A person in an organisation. */
interface Reader {
  readonly actor: Actor;
  readonly userId: UserId;
  readonly organisationId: OrganisationId;
}

/** Until when a person has read the news of an organisation. */
@Injectable()
export class NewsReadings {
  constructor(private readonly database: Database) {}

  /** @returns null if the person has never read them. */
  async readAt({ actor, userId, organisationId }: Reader): Promise<Date | null> {
    const [reading] = await this.database.inTransaction(actor, () =>
      this.database.query<{ readAt: Date }>(
        'SELECT read_at FROM identity.news_reading WHERE user_id = $1 AND organisation_id = $2',
        [userId, organisationId],
      ),
    );
    return reading?.readAt ?? null;
  }

  /** Marks news as read; an earlier time than before changes nothing. */
  async markRead({ actor, userId, organisationId }: Reader, until: Date): Promise<void> {
    await this.database.inTransaction(actor, () =>
      this.database.query(
        `INSERT INTO identity.news_reading AS r (user_id, organisation_id, read_at) VALUES ($1, $2, $3)
         ON CONFLICT (user_id, organisation_id) DO UPDATE SET read_at = greatest(r.read_at, excluded.read_at)`,
        [userId, organisationId, until],
      ),
    );
  }
}
