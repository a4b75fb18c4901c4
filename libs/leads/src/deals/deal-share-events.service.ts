import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Jobs } from '#jobs';
import { type DealId, type OrganisationId, type PartnerActor, systemActor } from '#kernel';
import { WebhookEvents } from '#webhooks';
import { DEAL_SHARED } from '../leads.jobs.js';
import type { SharedBetween } from './deal-share.js';

/**
 * Tells the organisations of a share: audit logs, webhooks, and jobs that notify people. Joins the open
 * transaction.
 */
@Injectable()
export class DealShareEvents {
  constructor(
    private readonly audit: AuditLog,
    private readonly webhooks: WebhookEvents,
    private readonly jobs: Jobs,
  ) {}

  /** The secret alone shares nothing. */
  async invited(actor: PartnerActor, { dealId, role }: SharedBetween): Promise<void> {
    await this.record(actor, 'deal.partner-invited', dealId, { role });
  }

  async shown(actor: PartnerActor, share: SharedBetween): Promise<void> {
    await this.record(actor, 'deal.shown', share.dealId);
    await this.emit('deal.shared', share);
    await this.notify(share, 'vendor', share.vendorId);
  }

  /** @param name of the partner that takes part. */
  async joined(actor: PartnerActor, share: SharedBetween, name: string): Promise<void> {
    const owner = systemActor(name, { partnerId: share.partnerId });
    await this.record(owner, 'deal.partner-joined', share.dealId);
    await this.audit.record(actor, { action: 'deal.joined', subject: { kind: 'deal-share', id: share.id } });
    await this.emit('deal.shared', share);
    await this.notify(share, 'participant', actor.partnerId);
    await this.notify(share, 'owner', share.partnerId);
  }

  /** By the partner of the deal, or by the one that took part. */
  async ended(actor: PartnerActor, share: SharedBetween): Promise<void> {
    if (share.partnerId === actor.partnerId) await this.record(actor, 'deal.share-revoked', share.dealId);
    else await this.audit.record(actor, { action: 'deal.left', subject: { kind: 'deal-share', id: share.id } });
    if (share.role === null || share.participantId !== null) await this.emit('deal.share-revoked', share);
  }

  private async emit(type: 'deal.shared' | 'deal.share-revoked', share: SharedBetween): Promise<void> {
    const { id: shareId, partnerId, participantId, vendorId, role, vendorSees } = share;
    const data = { shareId, partnerId, role };
    await this.webhooks.emit({ kind: 'partner', id: partnerId }, type, data);
    if (participantId !== null) await this.webhooks.emit({ kind: 'partner', id: participantId }, type, data);
    if (vendorSees) await this.webhooks.emit({ kind: 'vendor', id: vendorId }, type, data);
  }

  private async notify(
    { id: shareId }: SharedBetween,
    reader: 'vendor' | 'participant' | 'owner',
    organisationId: OrganisationId,
  ): Promise<void> {
    await this.jobs.enqueue(DEAL_SHARED, { shareId, reader, organisationId });
  }

  private async record(
    actor: PartnerActor | ReturnType<typeof systemActor>,
    action: `deal.${string}`,
    id: DealId,
    details: Record<string, unknown> = {},
  ): Promise<void> {
    await this.audit.record(actor, { action, subject: { kind: 'deal', id }, details });
  }
}
