import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { webhookDisabledMail } from '#identity';
import { Clock, systemActor } from '#kernel';
import { contactReaders, Notifier } from '#notifications';
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
    private readonly notifier: Notifier,
    private readonly clock: Clock,
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
      await this.notifier.notify(
        WEBHOOKS,
        {
          organisationId: id,
          kind: 'webhooks',
          event: 'webhook-disabled',
          key: `${endpointId} ${this.clock.now().toISOString()}`,
          by: null,
          titles: null,
          path: '/webhooks',
          audience: contactReaders(null),
        },
        (reader) => webhookDisabledMail(reader, `${this.config.PUBLIC_URL}/webhooks`, facts),
      );
    });
  }
}
