import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Ticker } from '#jobs';
import { WebhookDispatch, WebhookEvents } from '#webhooks';

/** Short: who is told should hear of it within two seconds. */
const PAUSE_MS = 500;

/** What brings events to endpoints. */
@Injectable()
export class WebhookTicks implements OnApplicationBootstrap {
  constructor(
    private readonly ticker: Ticker,
    private readonly events: WebhookEvents,
    private readonly dispatch: WebhookDispatch,
  ) {}

  onApplicationBootstrap(): void {
    this.ticker.loop('bring webhooks on their way', PAUSE_MS, async () => {
      const more = await this.events.fanOut();
      return (await this.dispatch.claim()) || more;
    });
    this.ticker.cron('forget old webhook events', '17 * * * *', () => this.events.forgetOld());
  }
}
