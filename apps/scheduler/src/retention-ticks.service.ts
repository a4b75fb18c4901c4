import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Ticker } from '#jobs';
import { RETENTION_CRON, Retentions } from '#privacy';

/** Forgets at night what was kept long enough. */
@Injectable()
export class RetentionTicks implements OnApplicationBootstrap {
  constructor(
    private readonly ticker: Ticker,
    private readonly retentions: Retentions,
  ) {}

  onApplicationBootstrap(): void {
    this.ticker.cron('forget what was kept long enough', RETENTION_CRON, () => this.retentions.runAll());
  }
}
