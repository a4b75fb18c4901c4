import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type ActivationId, Clock, type ContactId, type Id, type SystemActor } from '#kernel';

/** How long a click names its reader to the page behind it. */
const VISIT_MS = 30 * 60_000;
/** A browser may be at the page before its click is in PostgreSQL: see `Clicks.follow`. */
const LOOKS_FOR_CLICK = 4;
const BETWEEN_LOOKS_MS = 50;

/** Who has just followed a personal link. */
@Injectable()
export class Visitors {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * The contact whose click opened a page of an activation just now. The address
   * with the click's id may be passed on later: then it names no one.
   * @returns null for another click, a program's, one of longer ago, or one that
   *   led to a website: its owner knows the id, and is not the reader.
   */
  async ofPage(actor: SystemActor, activationId: ActivationId, click: Id<'interaction'>): Promise<ContactId | null> {
    const since = new Date(this.clock.now().getTime() - VISIT_MS);
    for (let look = 0; look < LOOKS_FOR_CLICK; look++) {
      if (look > 0) await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS));
      const [found] = await this.database.inTransaction(actor, () =>
        this.database.query<{ contactId: ContactId | null; counts: boolean }>(
          `SELECT contact_id, coalesce(activation_id = $2 AND kind = 'click' AND verdict = 'human' AND at > $3, false)
             AND EXISTS (SELECT FROM engagement.link_target l
                         WHERE l.activation_id = i.activation_id AND l.name = i.link_name AND l.is_ours) AS counts
           FROM engagement.interaction_with_verdict i WHERE id = $1`,
          [click, activationId, since],
        ),
      );
      if (found !== undefined) return found.counts ? found.contactId : null;
    }
    return null;
  }

  /**
   * The contact of a partner who followed a personal link just now.
   * @returns null for a program's click, another partner's, one of longer ago, or
   *   one that led to another website or a page of ours.
   */
  async ofWebsite(actor: SystemActor, click: string | null): Promise<ContactId | null> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<{ contactId: ContactId | null }>(
        `SELECT contact_id FROM engagement.interaction_with_verdict i
         WHERE id = $1 AND partner_id = $2 AND kind = 'click' AND verdict = 'human' AND at > $3
           AND EXISTS (SELECT FROM engagement.link_target l
                       WHERE l.activation_id = i.activation_id AND l.name = i.link_name AND l.names_reader)`,
        [click, actor.partnerId, new Date(this.clock.now().getTime() - VISIT_MS)],
      ),
    );
    return found?.contactId ?? null;
  }
}
