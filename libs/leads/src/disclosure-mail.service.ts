import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { Accounts, mailReaders, SystemMail } from '#identity';
import { type Id, type LeadId, type PartnerId, systemActor, type VendorId } from '#kernel';
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
 * Mails about shared leads: to the vendor when a lead is shared, to the partner
 * when the vendor answers. They name no person, because e-mail is not private.
 */
@Injectable()
export class DisclosureMail {
  // At the parameter limit: it writes to both organisations.
  constructor(
    private readonly database: Database,
    private readonly organisations: Organisations,
    private readonly profiles: BrandProfiles,
    private readonly accounts: Accounts,
    private readonly disclosed: DisclosedLeads,
    private readonly recipients: DisclosureRecipients,
    private readonly mail: SystemMail,
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
      const url = `${this.config.PUBLIC_URL}/shared-leads?lead=${id}`;
      for (const reader of await this.recipients.readers(actor, vendorId))
        await this.mail.post(
          disclosedLetter(reader, url, {
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
      const url = `${this.config.PUBLIC_URL}/leads?lead=${leadId}`;
      for (const reader of mailReaders(await this.accounts.team(actor, partnerId), 'leads', contact.email))
        await this.mail.post(
          answeredLetter(reader, url, { vendor, campaign: titleIn(titles, reader.locale), status, hasNote }),
        );
    });
  }
}
