import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { CampaignAudiences } from '#campaigns';
import { Database, unnestRows } from '#database';
import { requirePermission } from '#identity';
import { Jobs } from '#jobs';
import {
  type CampaignId,
  Clock,
  DAY_MS,
  type Id,
  newId,
  notFound,
  type PartnerId,
  systemActor,
  type VendorActor,
  type VendorId,
} from '#kernel';
import type { MembershipStatus } from '#organisations';
import { CampaignNews } from '../news/campaign-news.service.js';
import { REMIND_PARTNER } from '../activations.jobs.js';

export type LaunchReminderId = Id<'launch-reminder'>;

/** Why a partner was not reminded. */
type NotReminded = 'invited' | 'ended' | 'recently-reminded' | 'nothing-to-launch' | 'not-announced';

interface RemindedPartners {
  readonly reminded: readonly PartnerId[];
  readonly skipped: readonly { readonly partnerId: PartnerId; readonly reason: NotReminded }[];
}

/** A vendor reminds a partner at most once in this time. */
const REMIND_AFTER_MS = 7 * DAY_MS;

/**
 * A vendor asks partners to launch what is offered to them. Partners get one
 * mail each: see `LaunchReminderMail`.
 */
@Injectable()
export class LaunchReminders {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly jobs: Jobs,
    private readonly audiences: CampaignAudiences,
    private readonly news: CampaignNews,
  ) {}

  /**
   * @param message of the vendor to the partners; null: none.
   * @throws DomainError `partner.not-found` for a partner of other vendors.
   */
  async remind(
    actor: VendorActor,
    partnerIds: readonly PartnerId[],
    message: string | null,
  ): Promise<RemindedPartners> {
    requirePermission(actor, 'partners.manage');
    const { vendorId } = actor;
    const at = this.clock.now();
    const { told, untold } = await this.partnersThatCanLaunch(vendorId, at);
    return this.database.inTransaction(actor, async () => {
      await this.database.lock(`launch reminders of ${vendorId}`);
      const statuses = await this.statusesOf(partnerIds);
      const newest = await this.newest(actor, partnerIds);
      const reasonFor = (id: PartnerId): NotReminded | null => {
        const status = statuses.get(id);
        if (status === 'invited' || status === 'ended') return status;
        if (at.getTime() - (newest.get(id)?.getTime() ?? 0) < REMIND_AFTER_MS) return 'recently-reminded';
        if (told.has(id)) return null;
        return untold.has(id) ? 'not-announced' : 'nothing-to-launch';
      };
      const reminded = [...statuses.keys()].filter((id) => reasonFor(id) === null);
      await this.record(actor, reminded, { message, at });
      return {
        reminded,
        skipped: [...statuses.keys()].flatMap((partnerId) => {
          const reason = reasonFor(partnerId);
          return reason === null ? [] : [{ partnerId, reason }];
        }),
      };
    });
  }

  /** When partners were last reminded; those that never were are left out. */
  async newest(actor: VendorActor, partnerIds: readonly PartnerId[]): Promise<ReadonlyMap<PartnerId, Date>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ partnerId: PartnerId; at: Date }>(
        'SELECT partner_id, max(at) AS at FROM activations.launch_reminder WHERE partner_id = ANY ($1) GROUP BY 1',
        [partnerIds],
      ),
    );
    return new Map(rows.map(({ partnerId, at }) => [partnerId, at]));
  }

  private async record(
    actor: VendorActor,
    partnerIds: readonly PartnerId[],
    { message, at }: { readonly message: string | null; readonly at: Date },
  ): Promise<void> {
    if (partnerIds.length === 0) return;
    const rows = partnerIds.map((partnerId) => ({ id: newId<LaunchReminderId>(), partnerId }));
    const given = unnestRows(rows, { id: 'uuid', partnerId: 'uuid' }, [actor.vendorId, at, actor.name, message]);
    await this.database.query(
      `INSERT INTO activations.launch_reminder (id, vendor_id, partner_id, at, by_name, message)
       SELECT given.id, $1, given.partner_id, $2, $3, $4 FROM ${given.from}`,
      given.parameters,
    );
    await this.jobs.enqueueAll(
      REMIND_PARTNER,
      rows.map(({ id, partnerId }) => ({ reminderId: id, partnerId })),
    );
    await this.audit.record(actor, {
      action: 'membership.reminded',
      subject: { kind: 'vendor', id: actor.vendorId },
      details: { count: partnerIds.length, partnerIds, message },
    });
  }

  /** Of the vendor's partners among these. Joins the open transaction. */
  private async statusesOf(partnerIds: readonly PartnerId[]): Promise<ReadonlyMap<PartnerId, MembershipStatus>> {
    const rows = await this.database.query<{ partnerId: PartnerId; status: MembershipStatus }>(
      'SELECT partner_id, status FROM organisations.membership_view WHERE partner_id = ANY ($1)',
      [partnerIds],
    );
    const statuses = new Map(rows.map(({ partnerId, status }) => [partnerId, status]));
    const stranger = partnerIds.find((id) => !statuses.has(id));
    if (stranger !== undefined) throw notFound('partner', stranger);
    return statuses;
  }

  /**
   * Partners to which a campaign is offered now that they have not launched:
   * those that were told of one, and those that will be told of one.
   */
  private async partnersThatCanLaunch(
    vendorId: VendorId,
    now: Date,
  ): Promise<{ readonly told: ReadonlySet<PartnerId>; readonly untold: ReadonlySet<PartnerId> }> {
    const process = systemActor('launch-reminders');
    const offered = await this.audiences.ofVendor(process, vendorId, now);
    const launched = await this.database.inTransaction(process, () =>
      this.database.query<{ campaignId: CampaignId; partnerId: PartnerId }>(
        'SELECT DISTINCT campaign_id, partner_id FROM activations.activation WHERE vendor_id = $1',
        [vendorId],
      ),
    );
    const known = new Set(launched.map(({ campaignId, partnerId }) => `${campaignId} ${partnerId}`));
    const isUnannounced = await this.news.unannounced(process, { vendorId, partnerId: null });
    const open = offered.flatMap(({ campaignId, partnerIds }) =>
      [...partnerIds]
        .filter((partnerId) => !known.has(`${campaignId} ${partnerId}`))
        .map((partnerId) => ({ partnerId, isTold: !isUnannounced(partnerId, campaignId) })),
    );
    const partners = (isTold: boolean): ReadonlySet<PartnerId> =>
      new Set(open.filter((one) => one.isTold === isTold).map(({ partnerId }) => partnerId));
    return { told: partners(true), untold: partners(false) };
  }
}
