import { Injectable } from '@nestjs/common';
import { WEBHOOK_EVENTS, type WebhookEventData, type WebhookEventType } from '#contracts';
import { Database } from '#database';
import { Clock, type Id, newId, type PartnerId, systemActor, type VendorId } from '#kernel';

export type WebhookEventId = Id<'webhook-event'>;

/** The organisation that receives an event. */
export type WebhookAudience =
  | { readonly kind: 'vendor'; readonly id: VendorId }
  | { readonly kind: 'partner'; readonly id: PartnerId };

/** Event types whose audience in `WEBHOOK_EVENTS` is vendor and partner. */
type SharedEventType = {
  [T in WebhookEventType]: (typeof WEBHOOK_EVENTS)[T]['audience'] extends readonly ['vendor', 'partner'] ? T : never;
}[WebhookEventType];

const WEBHOOKS = systemActor('webhooks');
const PAGE = 500;
/** How long events can be read and replayed. */
const EVENT_KEPT_DAYS = 30;

/** The outbox of webhooks. */
@Injectable()
export class WebhookEvents {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Emits an event in the open transaction of any scope: only a commit sends
   * it. Each endpoint that chose the type has its delivery within two seconds
   * after the commit.
   * @param data ids and facts, as in `WEBHOOK_EVENTS`; never a name or an
   *   address.
   * @throws Error for data that the event does not carry, or a wrong audience:
   *   a caller's bug.
   */
  async emit<T extends WebhookEventType>(to: WebhookAudience, type: T, data: WebhookEventData<T>): Promise<void> {
    await this.insert(to, type, data, null);
  }

  /** Emits an event to both organisations, in the open transaction. */
  async emitToBoth<T extends SharedEventType>(
    { vendorId, partnerId }: { readonly vendorId: VendorId; readonly partnerId: PartnerId },
    type: T,
    data: WebhookEventData<T>,
  ): Promise<void> {
    await this.emit({ kind: 'vendor', id: vendorId }, type, data);
    await this.emit({ kind: 'partner', id: partnerId }, type, data);
  }

  /**
   * As `emit`, for one endpoint alone.
   * @returns its id and position in the outbox.
   */
  async insert<T extends WebhookEventType>(
    to: WebhookAudience,
    type: T,
    data: WebhookEventData<T>,
    fannedOutAt: Date | null,
  ): Promise<WebhookEventId> {
    const { audience, data: schema } = WEBHOOK_EVENTS[type];
    if (!(audience as readonly string[]).includes(to.kind)) throw new Error(`A ${to.kind} is not told of ${type}.`);
    const id = newId<WebhookEventId>();
    await this.database.query(
      `INSERT INTO webhooks.event (id, organisation_id, audience, type, data, occurred_at, fanned_out_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, to.id, to.kind, type, JSON.stringify(schema.parse(data)), this.clock.now(), fannedOutAt],
    );
    return id;
  }

  /**
   * Assigns new events to the endpoints that chose them.
   * Safe in all processes at once.
   * @returns whether there may be more.
   */
  async fanOut(): Promise<boolean> {
    const fanned = await this.database.inTransaction(WEBHOOKS, () =>
      this.database.query(
        `WITH fresh AS (
           SELECT id, position, organisation_id, type FROM webhooks.event WHERE fanned_out_at IS NULL
           ORDER BY position LIMIT $2 FOR UPDATE SKIP LOCKED),
         made AS (
           INSERT INTO webhooks.delivery (endpoint_id, event_id, organisation_id, position, cause, due_at, created_at)
           SELECT e.id, f.id, f.organisation_id, f.position, 'event', $1, $1 FROM fresh f
           JOIN webhooks.endpoint e ON e.organisation_id = f.organisation_id AND f.type = ANY (e.event_types) AND e.disabled_at IS NULL
           ORDER BY f.position ON CONFLICT DO NOTHING)
         UPDATE webhooks.event SET fanned_out_at = $1 WHERE id IN (SELECT id FROM fresh) RETURNING id`,
        [this.clock.now(), PAGE],
      ),
    );
    return fanned.length === PAGE;
  }

  /** Deletes expired events with their deliveries. */
  async deleteOld(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - EVENT_KEPT_DAYS * 86_400_000);
    await this.database.inTransaction(WEBHOOKS, () =>
      this.database.query('DELETE FROM webhooks.event WHERE occurred_at < $1', [before]),
    );
  }
}
