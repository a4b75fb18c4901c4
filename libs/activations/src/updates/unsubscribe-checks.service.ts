import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type SystemActor, systemActor } from '#kernel';
import { Releases, Reservations, UPDATE_CHECKS } from '#release';
import { excessOf, isSurelyExceeded, PER_MILLE, type Unsubscribes } from './unsubscribe-rule.js';
import type { VersionUpdate } from './version-update.js';
import { VersionUpdatesRepository } from './version-updates.repository.js';

const UPDATES = systemActor('updates');
/** A rule looks at no fewer updated partners. */
const LEAST_PARTNERS = 5;

type CheckedUpdate = Pick<
  VersionUpdate,
  'id' | 'vendorId' | 'choice' | 'shares' | 'begun' | 'mostUnsubscribedPerMille'
>;

/**
 * The rule of an update on unsubscribes. Whether a share begins would tell an
 * exact fact about contacts, so the rule is checked on a number with noise that
 * is drawn once: a release as any other, of which the vendor is told one bit.
 */
@Injectable()
export class UnsubscribeChecks {
  constructor(
    private readonly database: Database,
    private readonly releases: Releases,
    private readonly reservations: Reservations,
    private readonly rows: VersionUpdatesRepository,
  ) {}

  /**
   * Sets a check aside for each share but the first. Joins the open transaction.
   * @throws DomainError `update-check.spent`.
   */
  async reserve(actor: SystemActor, update: Omit<CheckedUpdate, 'begun'>): Promise<void> {
    const { vendorId, choice, shares, mostUnsubscribedPerMille } = update;
    if (choice !== 'take-over' || mostUnsubscribedPerMille === null) return;
    for (let begun = 1; begun < shares.length; begun++)
      await this.reservations.reserve(actor, {
        vendorId,
        kind: 'update-check',
        subject: subjectOf({ ...update, begun }),
        cost: UPDATE_CHECKS.cost,
        onceInMs: Number.MAX_SAFE_INTEGER,
      });
  }

  /** Whether surely more contacts have unsubscribed than the rule allows. The same for a share whenever it is asked. */
  async haveLeft(update: CheckedUpdate): Promise<boolean> {
    const { vendorId, mostUnsubscribedPerMille: most } = update;
    if (most === null || update.choice !== 'take-over') return false;
    const subject = subjectOf(update);
    const reservation = await this.reservations.newest(UPDATES, vendorId, 'update-check', subject);
    if (reservation === null) return false;
    return this.database.inTransaction(UPDATES, async () => {
      if ((await this.rows.updatedPartners(update.id)).length < LEAST_PARTNERS) return false;
      const { cells, sd } = await this.releases.publish(UPDATES, {
        vendorId,
        kind: 'update-check',
        subject,
        asOf: reservation.at,
        readyAt: null,
        reservation,
        cells: [{ name: 'excess', value: excessOf(await this.count(update), most) }],
        denominator: PER_MILLE,
        sd: UPDATE_CHECKS.sd,
      });
      return isSurelyExceeded(cells[0]?.value ?? 0, sd);
    });
  }

  /** Contacts that updated activations wrote to since, and those who then unsubscribed: each once. */
  private async count({ id }: Pick<CheckedUpdate, 'id'>): Promise<Unsubscribes> {
    const [found] = await this.database.query<Unsubscribes>(
      `WITH updated AS (
         SELECT activation_id, changed_at FROM activations.activation_update WHERE update_id = $1 AND state = 'done'),
       reached AS (
         SELECT DISTINCT m.contact_id FROM updated u JOIN delivery.message_view m ON m.activation_id = u.activation_id
         WHERE m.settled_at >= u.changed_at AND m.state IN ('accepted', 'delivered', 'bounced', 'complained')),
       gone AS (
         SELECT DISTINCT coalesce(i.contact_id, m.contact_id) AS contact_id FROM updated u
         JOIN engagement.interaction_with_verdict i ON i.activation_id = u.activation_id
         LEFT JOIN delivery.message_view m ON m.id = i.message_id
         WHERE i.kind = 'unsubscribe' AND i.at >= u.changed_at)
       SELECT count(*)::int AS reached, count(gone.contact_id)::int AS unsubscribed
       FROM reached LEFT JOIN gone USING (contact_id)`,
      [id],
    );
    return found ?? { reached: 0, unsubscribed: 0 };
  }
}

const subjectOf = ({ id, begun }: Pick<CheckedUpdate, 'id' | 'begun'>): string => `${id} ${begun + 1}`;
