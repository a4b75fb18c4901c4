import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { type Id, type LeadId, type PartnerId, systemActor, type VendorId } from '#kernel';
import { contactReaders, Notifier } from '#notifications';
import { Organisations } from '#organisations';
import type { AnswerStatus } from './disclosure-answer.js';
import { DisclosedLeads } from './disclosed-leads.service.js';
import { answeredLetter, disclosedLetter } from './disclosure-letter.js';
import { DisclosureRecipients } from './disclosure-recipients.service.js';
import type { DisclosureId } from './disclosures.service.js';
import { titleIn } from './lead-facts.service.js';

interface MailedAnswer {
  readonly leadId: LeadId;
  readonly vendorId: VendorId;
  readonly vendorName: string;
  readonly titles: Readonly<Record<string, string>>;
  readonly status: AnswerStatus;
  readonly hasNote: boolean;
}

/**
 * Tells the vendor of a shared lead, and the partner of the vendor's answer.
 * The e-mails name no person, because e-mail is not private.
 */
@Injectable()
export class DisclosureMail {
  constructor(
    private readonly database: Database,
    private readonly organisations: Organisations,
    private readonly profiles: BrandProfiles,
    private readonly disclosed: DisclosedLeads,
    private readonly recipients: DisclosureRecipients,
    private readonly notifier: Notifier,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** Nothing if the partner has revoked it since. */
  async tellVendor(vendorId: VendorId, id: DisclosureId): Promise<void> {
    const actor = systemActor('disclosure-mail', { vendorId });
    await this.database.inTransaction(actor, async () => {
      const shared = await this.disclosed.find(actor, vendorId, id);
      if (shared === null) return;
      const { name } = await this.organisations.get(actor, vendorId);
      const vendor = { id: vendorId, name };
      const path = `/shared-leads?lead=${id}`;
      await this.notifier.notify(
        actor,
        {
          organisationId: vendorId,
          kind: 'shared-leads',
          event: 'lead-shared',
          key: id,
          by: shared.partnerName,
          aboutPartner: shared.partnerId,
          titles: shared.titles,
          path,
          audience: await this.recipients.audience(actor, vendorId),
        },
        (reader) =>
          disclosedLetter(reader, `${this.config.PUBLIC_URL}${path}`, {
            vendor,
            partner: shared.partnerName,
            campaign: titleIn(shared.titles, reader.locale),
          }),
      );
    });
  }

  /** Nothing if the partner has revoked the disclosure since. */
  async tellPartner(partnerId: PartnerId, answerId: Id<'disclosure-answer'>): Promise<void> {
    const actor = systemActor('disclosure-mail', { partnerId });
    await this.database.inTransaction(actor, async () => {
      const [answer] = await this.database.query<MailedAnswer>(
        `SELECT d.lead_id, d.vendor_id, o.name AS vendor_name, coalesce(v.title, '{}') AS titles, r.status, r.note IS NOT NULL AS has_note
         FROM leads.disclosure_answer r JOIN leads.disclosure d ON d.id = r.disclosure_id
         JOIN organisations.organisation_view o ON o.id = d.vendor_id JOIN activations.activation_view a ON a.id = d.activation_id
         LEFT JOIN campaigns.campaign_version_view v ON v.id = a.version_id
         WHERE r.id = $1 AND d.revoked_at IS NULL`,
        [answerId],
      );
      if (answer === undefined) return;
      const { leadId, vendorId, vendorName, titles, status, hasNote } = answer;
      const vendor = { id: vendorId, name: vendorName };
      const { contact } = await this.profiles.current(actor);
      const path = `/leads?lead=${leadId}`;
      await this.notifier.notify(
        actor,
        {
          organisationId: partnerId,
          kind: 'leads',
          event: 'lead-answered',
          key: answerId,
          by: vendorName,
          titles,
          path,
          audience: contactReaders(contact.email),
        },
        (reader) =>
          answeredLetter(reader, `${this.config.PUBLIC_URL}${path}`, {
            vendor,
            campaign: titleIn(titles, reader.locale),
            status,
            hasNote,
          }),
      );
    });
  }
}
