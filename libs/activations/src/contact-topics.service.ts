import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { ContactId, SystemActor } from '#kernel';

/** A theme of campaigns, which people may refuse. */
export interface Topic {
  readonly topic: string;
  /** Of its campaigns, by BCP 47 language. */
  readonly titles: readonly Readonly<Record<string, string>>[];
}

/** The topics that contacts got mail about: they may refuse further mail on each. */
@Injectable()
export class ContactTopics {
  constructor(private readonly database: Database) {}

  /**
   * Topics of the partner's campaigns that a contact got mail about, in
   * alphabetical order. Readers know a topic by the titles of its campaigns.
   */
  async topicsOf(actor: SystemActor, contactId: ContactId): Promise<Topic[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<Topic>(
        `SELECT v.theme AS topic, jsonb_agg(DISTINCT v.title) AS titles FROM delivery.message_view m JOIN activations.activation a ON a.id = m.activation_id
         JOIN campaigns.campaign_version_view v ON v.id = a.version_id WHERE m.contact_id = $1 GROUP BY v.theme ORDER BY 1`,
        [contactId],
      ),
    );
  }
}
