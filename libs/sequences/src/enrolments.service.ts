import { Injectable } from '@nestjs/common';
import { Activations } from '#activations';
import { type ContactForSending, Contacts } from '#contacts';
import { Database } from '#database';
import { Ledger } from '#delivery';
import {
  type ActivationId,
  bestLocale,
  Clock,
  type ContactId,
  type EnrolmentId,
  newId,
  type PartnerId,
  systemActor,
} from '#kernel';
import { defaultTimeZone } from '#organisations';
import type { ReasonCode } from './reason.js';
import { nextStanding, zoneOf } from './sequence.js';

const PAGE = 500;

/** Puts the contacts of a list on their way. */
@Injectable()
export class Enrolments {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly contacts: Contacts,
    private readonly activations: Activations,
    private readonly ledger: Ledger,
  ) {}

  /** Enrols everybody on the list, page by page; who is enrolled already stays as they are, so it may run again. */
  async enrol(activationId: ActivationId, partnerId: PartnerId): Promise<void> {
    const actor = systemActor('scheduler', { partnerId });
    const { activation, sequence, locales } = await this.activations.forSending(actor, activationId);
    if (activation.status === 'stopped' || activation.status === 'completed') return;
    const startAt = activation.startAt;
    let afterId: ContactId | null = null;
    for (;;) {
      const page: ContactForSending[] = await this.contacts.inList(actor, activation.listId, { afterId, limit: PAGE });
      const rows = page.map((contact) => {
        const { zone, source } = zoneOf(contact, defaultTimeZone, activation.timeZone);
        const standing = nextStanding(sequence, 0, startAt, zone);
        return {
          contactId: contact.id,
          locale: bestLocale(contact.language ?? activation.locale, [activation.locale, ...locales]),
          zone,
          source,
          standing,
        };
      });
      await this.database.inTransaction(actor, async () => {
        await this.insert(activationId, partnerId, rows);
        if (page.length < PAGE) await this.activations.markEnrolled(activationId);
        await refreshQueue(this.database, partnerId);
      });
      if (page.length < PAGE) return;
      afterId = page.at(-1)?.id ?? null;
    }
  }

  /** Lets the ticks see again what a held activation has due. */
  async wake(partnerId: PartnerId): Promise<void> {
    await this.database.inTransaction(systemActor('scheduler', { partnerId }), () =>
      refreshQueue(this.database, partnerId),
    );
  }

  /** Ends every enrolment of an activation, in one statement. */
  async stop(activationId: ActivationId, partnerId: PartnerId): Promise<void> {
    await this.database.inTransaction(systemActor('scheduler', { partnerId }), async () => {
      await this.database.query(
        `UPDATE sequences.enrolment SET state = 'stopped', due_at = NULL WHERE activation_id = $1 AND state IN ('waiting', 'running')`,
        [activationId],
      );
      await refreshQueue(this.database, partnerId);
    });
  }

  /** Ends one contact's way through an activation; what is planned for it and not handed over yet is not sent. Safe to repeat. */
  async leave(
    activationId: ActivationId,
    partnerId: PartnerId,
    contactId: ContactId,
    reason: ReasonCode,
  ): Promise<void> {
    await this.database.inTransaction(systemActor('scheduler', { partnerId }), async () => {
      const [left] = await this.database.query<{ id: EnrolmentId }>(
        `UPDATE sequences.enrolment SET state = 'exited', due_at = NULL
         WHERE activation_id = $1 AND contact_id = $2 AND state IN ('waiting', 'running') RETURNING id`,
        [activationId, contactId],
      );
      if (left === undefined) return;
      await this.ledger.withdraw(left.id, reason);
      await refreshQueue(this.database, partnerId);
    });
  }

  private async insert(
    activationId: ActivationId,
    partnerId: PartnerId,
    rows: readonly {
      contactId: ContactId;
      locale: string;
      zone: string;
      source: string;
      standing: ReturnType<typeof nextStanding>;
    }[],
  ): Promise<void> {
    await this.database.query(
      `INSERT INTO sequences.enrolment (id, activation_id, partner_id, contact_id, locale, time_zone, time_zone_source, state, position, due_at, enrolled_at)
       SELECT e.id, $1, $2, e.contact, e.locale, e.zone, e.source, CASE WHEN e.due IS NULL THEN 'completed' ELSE 'waiting' END, e.position, e.due, $3
       FROM unnest($4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::int[], $10::timestamptz[]) e (id, contact, locale, zone, source, position, due)
       ON CONFLICT DO NOTHING`,
      [
        activationId,
        partnerId,
        this.clock.now(),
        rows.map(() => newId<EnrolmentId>()),
        rows.map(({ contactId }) => contactId),
        rows.map(({ locale }) => locale),
        rows.map(({ zone }) => zone),
        rows.map(({ source }) => source),
        rows.map(({ standing }) => (standing.kind === 'waiting' ? standing.position : 0)),
        rows.map(({ standing }) => (standing.kind === 'waiting' ? standing.dueAt : null)),
      ],
    );
  }
}

/** Says in the open transaction when something of this partner is due next, for the ticks to see. */
export async function refreshQueue(database: Database, partnerId: PartnerId): Promise<void> {
  await database.query(
    `INSERT INTO sequences.partner_queue AS q (partner_id, next_due, last_served)
     VALUES ($1, (SELECT min(e.due_at) FROM sequences.enrolment e JOIN activations.activation a ON a.id = e.activation_id AND a.status = 'active' WHERE e.partner_id = $1 AND e.state = 'waiting'), '-infinity')
     ON CONFLICT (partner_id) DO UPDATE SET next_due = excluded.next_due`,
    [partnerId],
  );
}
