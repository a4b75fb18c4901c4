import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { NOTIFICATION_KINDS, type NotificationDelivery, type NotificationKind } from '#contracts';
import { Database, unnestRows } from '#database';
import { type Actor, DomainError, type OrganisationId, type UserId } from '#kernel';
import type { Session } from './session.js';

interface Choice {
  readonly kind: NotificationKind;
  readonly delivery: NotificationDelivery;
}

/** Where a person works: their choices are per organisation. */
interface Workplace {
  readonly actor: Actor;
  readonly userId: UserId;
  readonly organisationId: OrganisationId;
  readonly kinds: readonly NotificationKind[];
}

/**
 * Which mails a person gets from an organisation. Mails about the person's own
 * sign-in are always sent.
 */
@Injectable()
export class Notifications {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @param isDefaultReader the person gets mails to the organisation without
   *   having chosen so: see `mailReaders`. Mails about reviews go to each
   *   person that they concern.
   * @returns each kind of the organisation's side; none without one.
   */
  async list(session: Session, isDefaultReader: boolean): Promise<Choice[]> {
    const place = workplaceOf(session);
    if (place === null) return [];
    const chosen = await this.database.inTransaction(place.actor, () =>
      this.database.query<Choice>(
        'SELECT kind, delivery FROM identity.notification_choice WHERE user_id = $1 AND organisation_id = $2',
        [place.userId, place.organisationId],
      ),
    );
    return place.kinds.map((kind) => ({
      kind,
      delivery:
        chosen.find((one) => one.kind === kind)?.delivery ??
        (isDefaultReader || kind === 'reviews' ? 'at-once' : 'none'),
    }));
  }

  /**
   * @throws DomainError `notification.kind-unknown` for a kind of the other
   *   side, `organisation.missing` for a person without an organisation.
   */
  async change(session: Session, choices: readonly Choice[]): Promise<void> {
    const place = workplaceOf(session);
    if (place === null)
      throw new DomainError('organisation.missing', 'You belong to no organisation. Ask an owner to invite you.');
    const { actor, userId, organisationId, kinds } = place;
    const unknown = choices.find(({ kind }) => !kinds.includes(kind));
    if (unknown !== undefined)
      throw new DomainError(
        'notification.kind-unknown',
        `Your organisation gets no e-mails about "${unknown.kind}". Send one of: ${kinds.join(', ')}.`,
        { field: 'items' },
      );
    const rows = unnestRows(choices, { kind: 'text', delivery: 'text' }, [userId, organisationId]);
    await this.database.inTransaction(actor, async () => {
      await this.database.query(
        `INSERT INTO identity.notification_choice (user_id, organisation_id, kind, delivery)
         SELECT DISTINCT ON (kind) $1::uuid, $2::uuid, kind, delivery FROM ${rows.from}
         ON CONFLICT (user_id, organisation_id, kind) DO UPDATE SET delivery = excluded.delivery`,
        rows.parameters,
      );
      await this.audit.record(actor, {
        action: 'notifications.changed',
        subject: { kind: 'user', id: userId },
        details: { fields: choices.map(({ kind, delivery }) => `${kind}: ${delivery}`) },
      });
    });
  }
}

function workplaceOf({ actor, organisation, user }: Session): Workplace | null {
  if (actor === null || organisation === null || organisation.kind === 'distributor') return null;
  return { actor, userId: user.id, organisationId: organisation.id, kinds: NOTIFICATION_KINDS[organisation.kind] };
}
