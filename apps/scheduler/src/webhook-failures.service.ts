import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { Accounts, mailReaders, SystemMail, webhookDisabledMail } from '#identity';
import { systemActor } from '#kernel';
import { Organisations } from '#organisations';
import { type WebhookEndpointId, WebhookEndpoints } from '#webhooks';

const WEBHOOKS = systemActor('webhooks');

/**
 * Notifies the owners of an organisation that an endpoint was disabled after
 * days of failures.
 */
@Injectable()
export class WebhookFailures {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly organisations: Organisations,
    private readonly accounts: Accounts,
    private readonly mail: SystemMail,
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * Sends nothing if the endpoint is enabled again, or if its organisation
   * disabled it.
   */
  async notifyOwners(endpointId: WebhookEndpointId): Promise<void> {
    await this.database.inTransaction(WEBHOOKS, async () => {
      const endpoint = await this.endpoints.findForNotification(WEBHOOKS, endpointId);
      if (endpoint === null || endpoint.disabledReason === null || endpoint.disabledReason === 'by-you') return;
      const { url, disabledReason: reason, organisationId: id } = endpoint;
      const { name } = await this.organisations.get(WEBHOOKS, id);
      const facts = { organisation: { id, name }, url, reason };
      for (const reader of mailReaders(await this.accounts.team(WEBHOOKS, id), 'webhooks'))
        await this.mail.post(webhookDisabledMail(reader, `${this.config.PUBLIC_URL}/webhooks`, facts));
    });
  }
}
