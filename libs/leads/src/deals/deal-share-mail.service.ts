import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import {
  type DealId,
  type OrganisationId,
  type PartnerId,
  type SystemActor,
  systemActor,
  type VendorId,
} from '#kernel';
import { type Audience, contactReaders, type Notice, Notifier } from '#notifications';
import { DisclosureRecipients } from '../disclosure-recipients.service.js';
import { titleIn } from '../lead-facts.service.js';
import { dealShareLetter } from './deal-share-letter.js';
import type { DealShareId, DealShareReader } from './deal-share.js';

interface MailedShare {
  readonly dealId: DealId;
  readonly partnerId: PartnerId;
  readonly partnerName: string;
  readonly participantName: string | null;
  readonly vendorId: VendorId;
  readonly vendorName: string;
  readonly titles: Readonly<Record<string, string>>;
}

/** Tells people of a shared deal. The e-mails name neither deal nor amount, because e-mail is not private. */
@Injectable()
export class DealShareMail {
  constructor(
    private readonly database: Database,
    private readonly profiles: BrandProfiles,
    private readonly recipients: DisclosureRecipients,
    private readonly notifier: Notifier,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** Nothing if the share was revoked since, or one of its partners has left the programme. */
  async tell(id: DealShareId, reader: DealShareReader, organisationId: OrganisationId): Promise<void> {
    const scope =
      reader === 'vendor' ? { vendorId: organisationId as VendorId } : { partnerId: organisationId as PartnerId };
    const actor = systemActor('deal-share-mail', scope);
    await this.database.inTransaction(actor, async () => {
      const share = await this.find(id);
      if (share === undefined) return;
      const { vendorId, vendorName, titles } = share;
      const notice = await this.noticeFor(actor, id, reader, organisationId, share);
      await this.notifier.notify(actor, notice, (mailed) =>
        dealShareLetter(mailed, `${this.config.PUBLIC_URL}${notice.path}`, reader, {
          vendor: { id: vendorId, name: vendorName },
          partner: notice.by ?? '',
          campaign: titleIn(titles, mailed.locale),
        }),
      );
    });
  }

  private async noticeFor(
    actor: SystemActor,
    key: DealShareId,
    reader: DealShareReader,
    organisationId: OrganisationId,
    share: MailedShare,
  ): Promise<Notice> {
    const { dealId, partnerId, partnerName, participantName, titles } = share;
    const common = { organisationId, key, titles, audience: await this.audience(actor, reader, share) };
    if (reader === 'vendor')
      return {
        ...common,
        kind: 'shared-leads',
        event: 'deal-shared',
        by: partnerName,
        aboutPartner: partnerId,
        path: '/shared-leads',
      };
    return reader === 'participant'
      ? { ...common, kind: 'leads', event: 'deal-joined', by: partnerName, path: '/deals' }
      : { ...common, kind: 'leads', event: 'deal-accepted', by: participantName, path: `/deals?deal=${dealId}` };
  }

  private async audience(actor: SystemActor, reader: DealShareReader, { vendorId }: MailedShare): Promise<Audience> {
    if (reader === 'vendor') return this.recipients.audience(actor, vendorId);
    return contactReaders((await this.profiles.current(actor)).contact.email);
  }

  private async find(id: DealShareId): Promise<MailedShare | undefined> {
    const [share] = await this.database.query<MailedShare>(
      `SELECT s.deal_id, s.partner_id, s.partner_name, s.participant_name, s.vendor_id, o.name AS vendor_name,
         coalesce(v.title, '{}') AS titles
       FROM leads.deal_share s JOIN organisations.organisation_view o ON o.id = s.vendor_id
         JOIN activations.activation_view a ON a.id = s.activation_id
         LEFT JOIN campaigns.campaign_version_view v ON v.id = a.version_id
       WHERE s.id = $1 AND s.revoked_at IS NULL AND EXISTS (
         SELECT FROM organisations.membership_view m
         WHERE m.partner_id = s.partner_id AND m.vendor_id = s.vendor_id AND m.status = 'active')
       AND (s.participant_id IS NULL OR EXISTS (
         SELECT FROM organisations.membership_view m
         WHERE m.partner_id = s.participant_id AND m.vendor_id = s.vendor_id AND m.status = 'active'))`,
      [id],
    );
    return share;
  }
}
