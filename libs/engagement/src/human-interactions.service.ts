import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { ActivationId, ContactId, PartnerActor, SystemActor } from '#kernel';
import { DECOY_LINK, RESERVED_LINKS } from '#rendering';

/** Reads the interactions of people, without those of programs. */
@Injectable()
export class HumanInteractions {
  constructor(private readonly database: Database) {}

  /**
   * A contact's human clicks on links of the campaign, as far as known by now.
   * A click to a page of ours counts once the page was opened.
   */
  async confirmedClicks(
    actor: SystemActor,
    activationId: ActivationId,
    contactId: ContactId,
  ): Promise<{ link: string; at: Date }[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query(
        `SELECT link_name AS link, at FROM engagement.certain_click WHERE activation_id = $1 AND contact_id = $2 AND link_name <> ALL ($3) ORDER BY at`,
        [activationId, contactId, [DECOY_LINK, ...RESERVED_LINKS]],
      ),
    );
  }

  /** Human interactions in an activation: confirmed clicks, forms, replies. */
  async ofContacts(
    actor: SystemActor,
    activationId: ActivationId,
    contactIds: readonly ContactId[],
  ): Promise<{ contactId: ContactId; kind: 'click' | 'form' | 'reply'; link: string | null; at: Date }[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query(
        `SELECT contact_id, kind, link_name AS link, at FROM engagement.interaction
         WHERE contact_id = ANY ($1) AND activation_id = $2 AND kind IN ('form', 'reply')
         UNION ALL
         SELECT contact_id, 'click', link_name, at FROM engagement.certain_click WHERE contact_id = ANY ($1) AND activation_id = $2
         ORDER BY at`,
        [contactIds, activationId],
      ),
    );
  }

  /** Human clicks of an activation, by link. */
  async clicksByLink(
    actor: SystemActor | PartnerActor,
    activationId: ActivationId,
  ): Promise<{ link: string; clicks: number }[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<{ link: string; clicks: number }>(
        `SELECT link_name AS link, count(*)::int AS clicks FROM engagement.interaction_with_verdict
           WHERE activation_id = $1 AND kind = 'click' AND verdict = 'human' GROUP BY link_name ORDER BY 2 DESC`,
        [activationId],
      ),
    );
  }
}
