import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type Actor, Clock, DomainError, type Id, newId, type OrganisationId, type VendorActor } from '#kernel';
import type { MailReader } from './compose-system-mail.js';
import { mailTestMail } from './system-mail-text.js';
import { SystemMail } from './system-mail.service.js';

/** What became of the newest test. */
export interface MailTest {
  /** `none`: no test was requested. `delayed`: not accepted yet, and tried again. `refused`: not tried again. */
  readonly state: 'none' | 'waiting' | 'delayed' | 'accepted' | 'refused';
  /** Why it was not accepted, without addresses; null unless delayed or refused. */
  readonly refusal: string | null;
}

interface Row {
  readonly isRequested: boolean;
  readonly isAccepted: boolean;
  readonly isDelayed: boolean | null;
  readonly refusal: string | null;
}

/** E-mails that test whether mails of the product leave the installation. */
@Injectable()
export class MailTests {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly mail: SystemMail,
  ) {}

  /**
   * Posts a test to a person of the organisation. An answer about an earlier test
   * counts no more.
   * @param url the button's.
   * @throws DomainError `test-mail.address-full` after too many to the address in
   *   24 hours.
   */
  async post(actor: Actor, organisationId: OrganisationId, reader: MailReader, url: string): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      const mailId = newId<Id<'system-mail'>>();
      await this.database.query(
        `INSERT INTO identity.mail_test (organisation_id, mail_id, requested_at) VALUES ($1, $2, $3)
         ON CONFLICT (organisation_id) DO UPDATE SET mail_id = $2, requested_at = $3, accepted_at = NULL, refusal = NULL,
           is_delayed = false`,
        [organisationId, mailId, this.clock.now()],
      );
      if (await this.mail.postWithinLimit('test-mail', mailTestMail(reader, url), { mailId })) return;
      throw new DomainError(
        'test-mail.address-full',
        'This address has got as many test e-mails as one day allows. Send the next one in 24 hours.',
        { field: 'email' },
        { kind: 'too-many' },
      );
    });
  }

  /** An invitation of the vendor that the mail server accepted proves the same, unless the test is newer. */
  async newest(actor: VendorActor): Promise<MailTest> {
    const [row] = await this.database.inTransaction(actor, () =>
      this.database.query<Row>(
        `SELECT t.organisation_id IS NOT NULL AS is_requested, t.refusal, t.is_delayed,
           t.accepted_at IS NOT NULL OR EXISTS (SELECT 1 FROM identity.invitation
             WHERE (organisation_id = $1 OR vendor_id = $1) AND submitted_at > coalesce(t.requested_at, '-infinity')) AS is_accepted
         FROM (SELECT $1::uuid AS id) v LEFT JOIN identity.mail_test t ON t.organisation_id = v.id`,
        [actor.vendorId],
      ),
    );
    const { isRequested = false, isAccepted = false, isDelayed = false, refusal = null } = row ?? {};
    if (refusal !== null) return { state: isDelayed === true ? 'delayed' : 'refused', refusal };
    if (isAccepted) return { state: 'accepted', refusal: null };
    return { state: isRequested ? 'waiting' : 'none', refusal: null };
  }
}
