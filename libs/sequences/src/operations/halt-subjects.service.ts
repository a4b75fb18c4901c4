import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { HaltScope } from '#delivery';
import { DomainError, type SystemActor } from '#kernel';

/** A subject of a halt, with the name that users know. */
export interface HaltSubjectFound {
  readonly scope: Exclude<HaltScope, 'everything'>;
  readonly id: string;
  /** An activation is named after its campaign and its partner. */
  readonly name: string;
}

const ALL = `SELECT kind AS scope, id, name FROM organisations.organisation_view
  UNION ALL SELECT 'campaign', id, name FROM campaigns.campaign_view
  UNION ALL SELECT 'activation', a.id, c.name || ' by ' || o.name FROM activations.activation_view a
    JOIN campaigns.campaign_view c ON c.id = a.campaign_id JOIN organisations.organisation_view o ON o.id = a.partner_id`;

/**
 * Finds what an operator wants to halt. An operator who halts the wrong subject
 * believes that the right one is stopped.
 */
@Injectable()
export class HaltSubjects {
  constructor(private readonly database: Database) {}

  /**
   * Subjects whose name contains the text, in any case; at most `limit` of each
   * kind.
   */
  async named(actor: SystemActor, words: string, limit: number): Promise<HaltSubjectFound[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<HaltSubjectFound>(
        `SELECT scope, id, name FROM (
           SELECT s.*, row_number() OVER (PARTITION BY scope ORDER BY name, id) AS place FROM (${ALL}) s WHERE strpos(lower(name), lower($1)) > 0) f
         WHERE place <= $2 ORDER BY array_position(ARRAY['vendor', 'partner', 'campaign', 'activation'], scope), place`,
        [words, limit],
      ),
    );
  }

  /**
   * @returns the name of the subject, null for everything.
   * @throws DomainError `halt.subject` for an unknown one; it says what kind
   *   the id has.
   */
  async nameOf(actor: SystemActor, scope: HaltScope, id: string | null): Promise<string | null> {
    if (scope === 'everything' || id === null) return null;
    const found = await this.database.inTransaction(actor, () =>
      this.database.query<HaltSubjectFound>(`SELECT * FROM (${ALL}) s WHERE id = $1`, [id]),
    );
    const meant = found.find((one) => one.scope === scope);
    if (meant !== undefined) return meant.name;
    const [other] = found;
    throw new DomainError(
      'halt.subject',
      other === undefined
        ? `There is no ${scope} ${id}. Nothing was halted; find its id by its name.`
        : `${id} is no ${scope} but the ${other.scope} “${other.name}”. Nothing was halted; name that scope, or find the id of the ${scope} by its name.`,
      { field: 'subjectId' },
      { kind: 'not-found' },
    );
  }
}
