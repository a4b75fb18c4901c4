import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { VersionNotifications } from '#activations';
import { Ticker } from '#jobs';

const PAUSE_MS = 30_000;

@Injectable()
export class VersionTicks implements OnApplicationBootstrap {
  constructor(
    private readonly ticker: Ticker,
    private readonly news: VersionNotifications,
  ) {}

  onApplicationBootstrap(): void {
    this.ticker.loop('tell of newer versions', PAUSE_MS, () => this.news.notifyDue());
  }
}
