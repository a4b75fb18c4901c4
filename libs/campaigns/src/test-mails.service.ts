import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { Accounts, MAILS_A_DAY, requirePermission, senderNameOf, SystemMail, type TeamMember } from '#identity';
import { type CampaignId, DomainError, notFound, type PartnerId, type VendorActor } from '#kernel';
import { Organisations } from '#organisations';
import { CampaignEditing } from './campaign-editing.service.js';
import type { Preview, SampleChoice } from './sample-preview.js';

/** A test e-mail of a version, with changes that are not in it yet. */
export interface TestMailRequest {
  readonly campaignId: CampaignId;
  readonly number: number;
  readonly changes: Readonly<Record<string, string | null>>;
  readonly show: Omit<SampleChoice, 'kind' | 'parts'> & { readonly partnerId: PartnerId | null };
  /** Addresses of the vendor's users; empty: the user who asks. */
  readonly to: readonly string[];
}

/**
 * Test e-mails of campaigns to the vendor's own team. They look as for a
 * partner, and come from the vendor. They create no message, and clicks on their
 * links are not counted.
 */
@Injectable()
export class TestMails {
  constructor(
    private readonly database: Database,
    private readonly editing: CampaignEditing,
    private readonly accounts: Accounts,
    private readonly organisations: Organisations,
    private readonly mail: SystemMail,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Sends one e-mail to each address, or none to any.
   * @returns the addresses.
   * @throws DomainError `test-mail.person-only` for an API key without
   *   addresses; `test-mail.not-in-team`, `test-mail.too-many`;
   *   `test-mail.unfinished` with the mistakes of the changes;
   *   `email.not-found`, `partner.not-found`.
   */
  async send(actor: VendorActor, request: TestMailRequest): Promise<readonly string[]> {
    requirePermission(actor, 'campaigns.test');
    // First: a campaign of others does not exist for the caller.
    const { preview, problems } = await this.editing.test(actor, request);
    if (preview === null) {
      if (problems.some(({ severity }) => severity === 'error')) throw unfinished(problems);
      throw notFound('email', request.show.key);
    }
    const readers = readersOf(actor, await this.accounts.team(actor, actor.vendorId), request.to);
    const { name } = await this.organisations.get(actor, actor.vendorId);
    await this.database.inTransaction(actor, async () => {
      for (const reader of readers) await this.post(reader, preview, name);
      await this.audit.record(actor, {
        action: 'campaign-version.test-mail-sent',
        subject: { kind: 'campaign', id: request.campaignId },
        details: {
          number: request.number,
          email: request.show.key,
          partnerId: request.show.partnerId,
          recipients: readers.length,
        },
      });
    });
    return readers.map(({ email }) => email);
  }

  private async post({ email, locale }: TeamMember, preview: Preview, vendor: string): Promise<void> {
    const message = {
      to: email,
      senderName: senderNameOf(vendor, locale),
      subject: `[Test] ${preview.subject}`,
      html: preview.html,
      text: preview.text,
    };
    if (await this.mail.postWithinLimit('test-mail', message)) return;
    const most = MAILS_A_DAY['test-mail'];
    throw new DomainError(
      'test-mail.too-many',
      `${email} has got ${most} test e-mails within 24 hours. Send to another colleague, or try again tomorrow.`,
      { field: 'to', email, most },
      { kind: 'too-many' },
    );
  }
}

/** The users with these addresses; without addresses, the one who asks. */
function readersOf(actor: VendorActor, team: readonly TeamMember[], to: readonly string[]): readonly TeamMember[] {
  if (to.length === 0) {
    const self = team.find(({ id }) => id === actor.userId);
    if (self !== undefined && actor.apiKeyId === null) return [self];
    throw new DomainError(
      'test-mail.person-only',
      'A test e-mail goes to the signed-in person, and an API key has no mailbox. Send the addresses of colleagues as "to".',
      { field: 'to' },
      { kind: 'forbidden' },
    );
  }
  const wanted = new Set(to.map((address) => address.toLowerCase()));
  const readers = team.filter(({ email }) => wanted.has(email.toLowerCase()));
  if (readers.length === wanted.size) return readers;
  const known = new Set(readers.map(({ email }) => email.toLowerCase()));
  const others = [...wanted].filter((address) => !known.has(address)).join(', ');
  throw new DomainError(
    'test-mail.not-in-team',
    `${others} is not in your team. Test e-mails go to your team only: invite the person first, or choose others.`,
    { field: 'to', others },
  );
}

const unfinished = (problems: Awaited<ReturnType<CampaignEditing['test']>>['problems']): DomainError =>
  new DomainError(
    'test-mail.unfinished',
    'The files have mistakes, so there is no e-mail to send. Correct what is listed, then send it again.',
    { problems },
  );
