import { type Actor, DomainError, type Id, type OrganisationId, type PartnerId, type VendorId } from '#kernel';
import type { WebhookAudience } from './webhook-events.service.js';

export type WebhookEndpointId = Id<'webhook-endpoint'>;

/** Where an organisation wants to hear of what. */
export interface WebhookEndpoint {
  readonly id: WebhookEndpointId;
  readonly organisationId: OrganisationId;
  readonly url: string;
  readonly description: string;
  readonly eventTypes: readonly string[];
  readonly createdBy: string;
  readonly createdAt: Date;
  /** Until when the secret before this one signs, too; null when none does. */
  readonly previousValidUntil: Date | null;
  /** The first failure since the last success. */
  readonly failingSince: Date | null;
  readonly disabledAt: Date | null;
  readonly disabledReason: 'by-you' | 'failed-for-days' | 'gone' | null;
}

export const ENDPOINT_COLUMNS = `id, organisation_id, url, description, event_types, created_by, created_at,
  CASE WHEN previous_valid_until > $1 THEN previous_valid_until END AS previous_valid_until, failing_since, disabled_at, disabled_reason`;

/**
 * @throws DomainError `webhook-endpoint.forbidden` for a process: an
 *   organisation owns it.
 */
export function audienceOf(actor: Actor): WebhookAudience {
  if (actor.kind === 'vendor') return { kind: 'vendor', id: actor.vendorId };
  if (actor.kind === 'partner') return { kind: 'partner', id: actor.partnerId };
  throw forbidden('Webhook endpoints are an organisation’s own: a person or a key of it must do this.');
}

/**
 * @throws DomainError `webhook-endpoint.forbidden` for users that are not
 *   owners: only an owner may send data to other systems.
 */
export function ownerOf(actor: Actor): WebhookAudience {
  const audience = audienceOf(actor);
  if (actor.kind !== 'system' && actor.role === 'owner') return audience;
  throw forbidden('Only an owner decides where events are sent. Ask an owner of your organisation.');
}

/** The owner of an endpoint, for a process. */
export const audienceFor = (kind: 'vendor' | 'partner', id: OrganisationId): WebhookAudience =>
  kind === 'vendor' ? { kind, id: id as VendorId } : { kind, id: id as PartnerId };

const forbidden = (sentence: string): DomainError =>
  new DomainError('webhook-endpoint.forbidden', sentence, {}, { kind: 'forbidden' });
