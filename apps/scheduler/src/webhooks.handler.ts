import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { Accounts, SystemMail, webhookDisabledMail } from '#identity';
import { Handles } from '#jobs';
import { systemActor } from '#kernel';
import {
  DELIVER_WEBHOOKS,
  WEBHOOK_ENDPOINT_DISABLED,
  WebhookDispatch,
  type WebhookEndpointId,
  WebhookEndpoints,
} from '#webhooks';

const ROOM = systemActor('webhooks');

/** Delivers webhooks, and tells an organisation's owners when that has failed for days. */
@Injectable()
export class WebhooksHandler {
  constructor(
    private readonly dispatch: WebhookDispatch,
    private readonly endpoints: WebhookEndpoints,
    private readonly accounts: Accounts,
    private readonly mail: SystemMail,
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  @Handles(DELIVER_WEBHOOKS)
  async deliver({ endpointId, fence }: { endpointId: WebhookEndpointId; fence: string }): Promise<void> {
    await this.dispatch.deliver(endpointId, fence);
  }

  @Handles(WEBHOOK_ENDPOINT_DISABLED)
  async disabled({ endpointId }: { endpointId: WebhookEndpointId }): Promise<void> {
    await this.database.inTransaction(ROOM, async () => {
      const endpoint = await this.endpoints.findForNotification(ROOM, endpointId);
      if (endpoint === null || endpoint.disabledReason === null || endpoint.disabledReason === 'by-you') return;
      const owners = (await this.accounts.team(ROOM, endpoint.organisationId)).filter(({ role }) => role === 'owner');
      const { url, disabledReason: reason } = endpoint;
      for (const { email, locale } of owners)
        await this.mail.post(webhookDisabledMail(email, `${this.config.PUBLIC_URL}/webhooks`, { url, reason, locale }));
    });
  }
}
