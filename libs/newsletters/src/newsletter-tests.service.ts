import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { Accounts, MAILS_A_DAY, requirePermission, senderNameOf, SystemMail, type TeamMember } from '#identity';
import { DomainError, type VendorActor } from '#kernel';
import { Organisations } from '#organisations';
import type { NewsletterId } from './newsletter.js';
import { NewsletterPreviews } from './newsletter-previews.service.js';
import { NewslettersRepository } from './newsletters.repository.js';

/** Test e-mails of newsletters. Their links lead nowhere and count nothing. */
@Injectable()
export class NewsletterTests {
  constructor(
    private readonly database: Database,
    private readonly rows: NewslettersRepository,
    private readonly previews: NewsletterPreviews,
    private readonly accounts: Accounts,
    private readonly organisations: Organisations,
    private readonly mail: SystemMail,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Sends it to the person who asks, marked as a test.
   * @returns the address.
   * @throws DomainError as `show`; `test-mail.person-only`, `test-mail.too-many`.
   */
  async send(actor: VendorActor, id: NewsletterId, locale: string | null): Promise<string> {
    requirePermission(actor, 'campaigns.edit');
    const newsletter = await this.database.inTransaction(actor, () => this.rows.get(id));
    const reader = await this.readerOf(actor);
    const { name: vendor } = await this.organisations.get(actor, actor.vendorId);
    const letter = await this.previews.rendered(actor, newsletter, locale ?? reader.locale, {
      ...reader,
      company: vendor,
    });
    await this.database.inTransaction(actor, async () => {
      const message = {
        to: reader.email,
        senderName: senderNameOf(vendor, reader.locale),
        subject: `[Test] ${letter.subject}`,
        html: letter.html,
        text: letter.text,
      };
      if (!(await this.mail.postWithinLimit('test-mail', message))) throw tooMany(reader.email);
      await this.audit.record(actor, {
        action: 'newsletter.test-mail-sent',
        subject: { kind: 'newsletter', id },
        details: { locale: letter.locale },
      });
    });
    return reader.email;
  }

  private async readerOf(actor: VendorActor): Promise<TeamMember> {
    const team = await this.accounts.team(actor, actor.vendorId);
    const self = team.find(({ id }) => id === actor.userId);
    if (self !== undefined && actor.apiKeyId === null) return self;
    throw new DomainError(
      'test-mail.person-only',
      'A test e-mail goes to the signed-in person, and an API key has no mailbox. Send the addresses of colleagues as "to".',
      { field: 'to' },
      { kind: 'forbidden' },
    );
  }
}

function tooMany(email: string): DomainError {
  const most = MAILS_A_DAY['test-mail'];
  return new DomainError(
    'test-mail.too-many',
    `${email} has got ${most} test e-mails within 24 hours. Send to another colleague, or try again tomorrow.`,
    { field: 'to', email, most },
    { kind: 'too-many' },
  );
}
