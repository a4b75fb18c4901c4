import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { Accounts, SystemMail } from '#identity';
import { Clock, type VendorActor, type VendorId, vendorProcess } from '#kernel';
import { Organisations } from '#organisations';
import type { Application } from './application.js';
import { newApplicationMail, refusedApplicationMail } from './application-mail-text.js';

/** Mails about applications that the vendor sees. */
@Injectable()
export class ApplicationMail {
  constructor(
    private readonly database: Database,
    private readonly organisations: Organisations,
    private readonly accounts: Accounts,
    private readonly mail: SystemMail,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * Tells the vendor's owners, once, that an application waits. At most 50 such
   * mails a day and owner.
   */
  async tellOwners(vendorId: VendorId, { id, company }: Application): Promise<void> {
    const actor = vendorProcess('applications', vendorId);
    const { name: vendor } = await this.organisations.get(actor, vendorId);
    const owners = (await this.accounts.team(actor, vendorId)).filter(({ role }) => role === 'owner');
    await this.database.inTransaction(actor, async () => {
      const waits = await this.database.query(
        `UPDATE joining.application SET owners_told_at = $2
         WHERE id = $1 AND decision IS NULL AND owners_told_at IS NULL RETURNING id`,
        [id, this.clock.now()],
      );
      if (waits.length === 0) return;
      for (const owner of owners)
        await this.mail.postWithinLimit(
          'form-notice',
          newApplicationMail(owner, `${this.config.PUBLIC_URL}/partner-applications`, { vendor, company }),
        );
    });
  }

  /** Joins the open transaction. */
  async postRefusal(actor: VendorActor, application: Application, reason: string | null): Promise<void> {
    const vendor = await this.organisations.get(actor, actor.vendorId);
    const { email, person, locale, company } = application;
    await this.mail.post(refusedApplicationMail({ email, name: person, locale }, { vendor, company, reason }));
  }
}
