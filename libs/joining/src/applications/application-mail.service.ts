import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { Accounts, SystemMail } from '#identity';
import { type VendorActor, type VendorId, vendorProcess } from '#kernel';
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
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** Tells the vendor's owners that an application waits. At most 50 such mails a day and owner. */
  async tellOwners(vendorId: VendorId, company: string): Promise<void> {
    const actor = vendorProcess('applications', vendorId);
    const { name: vendor } = await this.organisations.get(actor, vendorId);
    const owners = (await this.accounts.team(actor, vendorId)).filter(({ role }) => role === 'owner');
    await this.database.inTransaction(actor, async () => {
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
