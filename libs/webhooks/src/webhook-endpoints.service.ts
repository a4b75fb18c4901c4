import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { webhookEventTypesFor } from '#contracts';
import { Database } from '#database';
import {
  type Actor,
  Clock,
  DomainError,
  editVersion,
  newId,
  notFound,
  requireCurrent,
  type SystemActor,
  HOUR_MS,
} from '#kernel';
import { addressProblem, type OutboundReach } from '#outbound';
import { WEBHOOK_REACH } from './webhook-caller.service.js';
import {
  audienceOf,
  ENDPOINT_COLUMNS,
  ownerOf,
  type WebhookEndpoint,
  type WebhookEndpointId,
} from './webhook-endpoint.js';
import type { WebhookAudience } from './webhook-events.service.js';
import { newWebhookSecret } from './webhook-secret.js';
import { WebhookSecrets } from './webhook-secrets.service.js';

export interface EndpointInput {
  readonly url: string;
  readonly description: string;
  readonly eventTypes: readonly string[];
}

/** An endpoint with its secret, which is shown this once. */
export interface RevealedEndpoint {
  readonly endpoint: WebhookEndpoint;
  readonly secret: string;
}

/**
 * The version of an endpoint's settings, for editors. Whether it is on counts,
 * so that an edit does not turn on what failures have turned off meanwhile.
 */
export const endpointVersion = ({ url, description, eventTypes, disabledAt }: WebhookEndpoint): string =>
  editVersion([url, description, eventTypes, disabledAt === null]);

const MAX_ENDPOINTS = 50;

/** Where an organisation's events go. */
@Injectable()
export class WebhookEndpoints {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly secrets: WebhookSecrets,
    @Inject(WEBHOOK_REACH) private readonly reach: OutboundReach,
  ) {}

  async list(actor: Actor): Promise<WebhookEndpoint[]> {
    const { id } = audienceOf(actor);
    return this.database.inTransaction(actor, () =>
      this.database.query<WebhookEndpoint>(
        `SELECT ${ENDPOINT_COLUMNS} FROM webhooks.endpoint WHERE organisation_id = $2 ORDER BY id`,
        [this.clock.now(), id],
      ),
    );
  }

  /**
   * @throws DomainError `webhook-endpoint.not-found`, also for another
   *   organisation's.
   */
  async get(actor: Actor, id: WebhookEndpointId): Promise<WebhookEndpoint> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<WebhookEndpoint>(`SELECT ${ENDPOINT_COLUMNS} FROM webhooks.endpoint WHERE id = $2`, [
        this.clock.now(),
        id,
      ]),
    );
    if (found === undefined) throw notFound('webhook-endpoint', id);
    return found;
  }

  /**
   * @throws DomainError `webhook-endpoint.url-refused`,
   *   `webhook-endpoint.type-unknown`, `webhook-endpoint.too-many`.
   */
  async create(actor: Actor, input: EndpointInput): Promise<RevealedEndpoint> {
    const owner = ownerOf(actor);
    this.check(owner, input);
    const id = newId<WebhookEndpointId>();
    const secret = newWebhookSecret();
    return this.database.inTransaction(actor, async () => {
      await this.refuseMany(owner);
      await this.database.query(
        `INSERT INTO webhooks.endpoint (id, organisation_id, url, description, event_types, secret, created_by,
           created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          id,
          owner.id,
          input.url,
          input.description,
          unique(input.eventTypes),
          this.secrets.seal(id, secret),
          actor.name,
          this.clock.now(),
        ],
      );
      await this.recordAudit(actor, 'created', id, { url: input.url, eventTypes: unique(input.eventTypes) });
      return { endpoint: await this.get(actor, id), secret };
    });
  }

  /**
   * Replaces an endpoint's settings. Enabling it makes waiting deliveries due
   * at once.
   * @param basedOn `endpointVersion` of the settings that were edited; null:
   *   replace any.
   * @throws DomainError as `create`, `webhook-endpoint.not-found`, and
   *   `edit.stale`.
   */
  async change(
    actor: Actor,
    id: WebhookEndpointId,
    input: EndpointInput & { readonly enabled: boolean },
    basedOn: string | null = null,
  ): Promise<WebhookEndpoint> {
    this.check(ownerOf(actor), input);
    return this.database.inTransaction(actor, async () => {
      await this.database.query('SELECT 1 FROM webhooks.endpoint WHERE id = $1 FOR UPDATE', [id]);
      const before = await this.get(actor, id);
      requireCurrent(basedOn, endpointVersion(before));
      const now = this.clock.now();
      await this.database.query(
        `UPDATE webhooks.endpoint SET url = $2, description = $3, event_types = $4,
           disabled_at = CASE WHEN $5 THEN NULL ELSE coalesce(disabled_at, $6) END,
           disabled_reason = CASE WHEN $5 THEN NULL ELSE coalesce(disabled_reason, 'by-you') END WHERE id = $1`,
        [id, input.url, input.description, unique(input.eventTypes), input.enabled, now],
      );
      if (input.enabled && (before.disabledAt !== null || before.url !== input.url)) await this.resetFailures(id, now);
      await this.recordAudit(actor, 'changed', id, {
        url: input.url,
        eventTypes: unique(input.eventTypes),
        enabled: input.enabled,
      });
      return this.get(actor, id);
    });
  }

  /**
   * With its log.
   * @throws DomainError `webhook-endpoint.not-found`.
   */
  async remove(actor: Actor, id: WebhookEndpointId): Promise<void> {
    ownerOf(actor);
    await this.database.inTransaction(actor, async () => {
      const gone = await this.database.query('DELETE FROM webhooks.endpoint WHERE id = $1 RETURNING id', [id]);
      if (gone.length === 0) throw notFound('webhook-endpoint', id);
      await this.recordAudit(actor, 'removed', id, {});
    });
  }

  /**
   * Makes a new secret.
   * The old one also signs for `overlapHours`, while the receiver changes.
   * @throws DomainError `webhook-endpoint.not-found`.
   */
  async rotate(actor: Actor, id: WebhookEndpointId, overlapHours: number): Promise<RevealedEndpoint> {
    ownerOf(actor);
    const secret = newWebhookSecret();
    const until = overlapHours === 0 ? null : new Date(this.clock.now().getTime() + overlapHours * HOUR_MS);
    return this.database.inTransaction(actor, async () => {
      const rotated = await this.database.query(
        `UPDATE webhooks.endpoint SET previous_secret = CASE WHEN $3::timestamptz IS NULL THEN NULL ELSE secret END, previous_valid_until = $3, secret = $2
         WHERE id = $1 RETURNING id`,
        [id, this.secrets.seal(id, secret), until],
      );
      if (rotated.length === 0) throw notFound('webhook-endpoint', id);
      await this.recordAudit(actor, 'secret-rotated', id, { overlapHours });
      return { endpoint: await this.get(actor, id), secret };
    });
  }

  /** An endpoint's data for a notification of its owners; null if deleted. */
  async findForNotification(
    actor: SystemActor,
    id: WebhookEndpointId,
  ): Promise<Pick<WebhookEndpoint, 'organisationId' | 'url' | 'disabledReason'> | null> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<WebhookEndpoint>(
        `SELECT organisation_id, url, disabled_reason FROM webhooks.endpoint WHERE id = $1`,
        [id],
      ),
    );
    return found ?? null;
  }

  private check(owner: WebhookAudience, { url, eventTypes }: EndpointInput): void {
    const problem = addressProblem(url, this.reach);
    if (problem !== null)
      throw new DomainError(
        'webhook-endpoint.url-refused',
        `${problem} Enter an https URL that is reachable from the internet.`,
        { field: 'url' },
      );
    const known: readonly string[] = webhookEventTypesFor(owner.kind);
    const unknown = eventTypes.find((type) => !known.includes(type));
    if (unknown === undefined) return;
    throw new DomainError(
      'webhook-endpoint.type-unknown',
      `There is no event "${unknown}" for a ${owner.kind}. Choose from the list of GET /api/v1/webhook-event-types.`,
      { field: 'eventTypes', known },
    );
  }

  private async refuseMany({ id }: WebhookAudience): Promise<void> {
    // Two that are made at once are counted one after the other.
    await this.database.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`webhook endpoints ${id}`]);
    const [has] = await this.database.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM webhooks.endpoint WHERE organisation_id = $1',
      [id],
    );
    if ((has?.n ?? 0) < MAX_ENDPOINTS) return;
    throw new DomainError(
      'webhook-endpoint.too-many',
      `An organisation has at most ${MAX_ENDPOINTS} endpoints. Remove one that you no longer need.`,
      {},
      { kind: 'conflict' },
    );
  }

  private async resetFailures(id: WebhookEndpointId, now: Date): Promise<void> {
    await this.database.query(
      'UPDATE webhooks.endpoint SET failing_since = NULL, failures = 0, held_until = NULL WHERE id = $1',
      [id],
    );
    await this.database.query(
      `UPDATE webhooks.delivery SET due_at = $2 WHERE endpoint_id = $1 AND state = 'pending' AND due_at > $2`,
      [id, now],
    );
  }

  private async recordAudit(
    actor: Actor,
    what: 'created' | 'changed' | 'removed' | 'secret-rotated',
    id: WebhookEndpointId,
    details: Record<string, unknown>,
  ): Promise<void> {
    await this.audit.record(actor, {
      action: `webhook-endpoint.${what}`,
      subject: { kind: 'webhook-endpoint', id },
      details,
    });
  }
}

const unique = (types: readonly string[]): string[] => [...new Set(types)];
