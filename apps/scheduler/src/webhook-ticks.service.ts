import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Ticker } from '#jobs';
import { WebhookEvents } from '#webhooks';

/** Short: who is told should hear of it within two seconds. */
const PAUSE_MS = 500;

/** What brings events to endpoints. */
@Injectable()
export class WebhookTicks implements OnApplicationBootstrap {
  constructor(
    private readonly ticker: Ticker,
    private readonly events: WebhookEvents,
  ) {}

  onApplicationBootstrap(): void {
    this.ticker.loop('fan webhook events out', PAUSE_MS, () => this.events.fanOut());
    this.ticker.cron('forget old webhook events', '17 * * * *', () => this.events.forgetOld());
  }
}
