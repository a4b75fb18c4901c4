import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Ticker } from '#jobs';
import { RETENTION_CRON, Retentions } from '#privacy';
import { TemporaryFiles } from '#storage';

/** Who waits for a file in passing has given up long before. */
const PASSING_MS = 3_600_000;

/** Forgets what was kept long enough: people's data at night, files that nobody took each hour. */
@Injectable()
export class RetentionTicks implements OnApplicationBootstrap {
  constructor(
    private readonly ticker: Ticker,
    private readonly retentions: Retentions,
    private readonly passing: TemporaryFiles,
  ) {}

  onApplicationBootstrap(): void {
    this.ticker.cron('forget what was kept long enough', RETENTION_CRON, () => this.retentions.runAll());
    this.ticker.cron('remove files that nobody took', '40 * * * *', async () => {
      await this.passing.sweep(new Date(Date.now() - PASSING_MS));
    });
  }
}
