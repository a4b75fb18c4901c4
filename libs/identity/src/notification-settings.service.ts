import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import {
  deliveriesOf,
  NOTIFICATION_KINDS,
  type NotificationDelivery,
  type NotificationKind,
  type NotificationSettings as SettingsView,
} from '#contracts';
import { Database, unnestRows } from '#database';
import { type Actor, DomainError, type OrganisationId, type UserId } from '#kernel';
import type { NotificationChoice } from './accounts.service.js';
import type { Session } from './session.js';

/** An absent field stays as it is. */
interface Change {
  readonly kind: NotificationKind;
  readonly delivery?: NotificationDelivery | undefined;
  readonly inApp?: boolean | undefined;
}

/** Where a person works: their settings are per organisation. */
interface Workplace {
  readonly actor: Actor;
  readonly userId: UserId;
  readonly organisationId: OrganisationId;
  readonly kinds: readonly NotificationKind[];
}

/** About the person's own work: they get these without having chosen so. */
const OWN_WORK: ReadonlySet<NotificationKind> = new Set(['reviews', 'saved-views']);
/** They are e-mails, and nothing that happened. */
const EMAIL_ONLY: ReadonlySet<NotificationKind> = new Set(['weekly', 'saved-views']);

/**
 * What a person is told of by an organisation, and how. Mails about the
 * person's own sign-in are always sent.
 */
@Injectable()
export class NotificationSettings {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @param isDefaultReader the person gets mails to the organisation without
   *   having chosen so.
   * @returns each kind of the organisation's side; none without one.
   */
  async list(session: Session, isDefaultReader: boolean): Promise<SettingsView['items']> {
    const place = workplaceOf(session);
    if (place === null) return [];
    const chosen = await this.database.inTransaction(place.actor, () =>
      this.database.query<NotificationChoice & { readonly kind: NotificationKind }>(
        'SELECT kind, delivery, in_app FROM identity.notification_choice WHERE user_id = $1 AND organisation_id = $2',
        [place.userId, place.organisationId],
      ),
    );
    return place.kinds.map((kind) => {
      const choice = chosen.find((one) => one.kind === kind);
      const deliveries = deliveriesOf(kind);
      const standard = isDefaultReader || OWN_WORK.has(kind) ? (deliveries[0] ?? 'none') : 'none';
      return {
        kind,
        delivery: choice?.delivery ?? standard,
        deliveries: [...deliveries],
        inApp: EMAIL_ONLY.has(kind) ? null : (choice?.inApp ?? true),
      };
    });
  }

  /**
   * @throws DomainError `notification.kind-unknown` for a kind of the other
   *   side, `notification.delivery-unknown`, `organisation.missing` for a person
   *   without an organisation.
   */
  async change(session: Session, changes: readonly Change[]): Promise<void> {
    const place = workplaceOf(session);
    if (place === null)
      throw new DomainError('organisation.missing', 'You belong to no organisation. Ask an owner to invite you.');
    const unknown = changes.find(({ kind }) => !place.kinds.includes(kind));
    if (unknown !== undefined)
      throw new DomainError(
        'notification.kind-unknown',
        `Your organisation has no notifications of the kind "${unknown.kind}". Send one of: ${place.kinds.join(', ')}.`,
        { field: 'items' },
      );
    await this.database.inTransaction(place.actor, () => this.save(place.actor, place, changes));
  }

  /**
   * Saves a person's settings in the open transaction.
   * @throws DomainError `notification.delivery-unknown`.
   */
  async save(
    actor: Actor,
    { userId, organisationId }: Pick<Workplace, 'userId' | 'organisationId'>,
    changes: readonly Change[],
  ): Promise<void> {
    for (const { kind, delivery } of changes) if (delivery !== undefined) requireDelivery(kind, delivery);
    const rows = unnestRows(changes, { kind: 'text', delivery: 'text', inApp: 'boolean' }, [userId, organisationId]);
    await this.database.query(
      `INSERT INTO identity.notification_choice AS c (user_id, organisation_id, kind, delivery, in_app)
       SELECT DISTINCT ON (kind) $1::uuid, $2::uuid, kind, delivery, in_app FROM ${rows.from}
       ON CONFLICT (user_id, organisation_id, kind) DO UPDATE SET
         delivery = coalesce(excluded.delivery, c.delivery), in_app = coalesce(excluded.in_app, c.in_app)`,
      rows.parameters,
    );
    await this.audit.record(actor, {
      action: 'notifications.changed',
      subject: { kind: 'user', id: userId },
      details: { fields: changes.map(described) },
    });
  }
}

const described = ({ kind, delivery, inApp }: Change): string =>
  [kind, delivery, inApp === undefined ? undefined : `in the portal: ${inApp ? 'yes' : 'no'}`]
    .filter((part) => part !== undefined)
    .join(': ');

function requireDelivery(kind: NotificationKind, delivery: NotificationDelivery): void {
  const possible = deliveriesOf(kind);
  if (possible.includes(delivery)) return;
  throw new DomainError(
    'notification.delivery-unknown',
    `E-mails of the kind "${kind}" do not come "${delivery}". Send one of: ${possible.join(', ')}.`,
    { field: 'items' },
  );
}

function workplaceOf({ actor, organisation, user }: Session): Workplace | null {
  if (actor === null || organisation === null || organisation.kind === 'distributor') return null;
  return { actor, userId: user.id, organisationId: organisation.id, kinds: NOTIFICATION_KINDS[organisation.kind] };
}
