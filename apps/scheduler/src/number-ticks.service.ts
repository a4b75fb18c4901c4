import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ClickVerdicts } from '#engagement';
import { Rollups } from '#insight';
import { Ticker } from '#jobs';
import { systemActor } from '#kernel';
import { StepRecords } from '#sequences';

const PAUSE_MS = 15_000;
const TICK = systemActor('scheduler');

/** Looks at clicks once more, and folds numbers together; readers add up what is not folded yet, so it may be late. */
@Injectable()
export class NumberTicks implements OnApplicationBootstrap {
  constructor(
    private readonly ticker: Ticker,
    private readonly rollups: Rollups,
    private readonly verdicts: ClickVerdicts,
    private readonly records: StepRecords,
  ) {}

  onApplicationBootstrap(): void {
    this.ticker.loop('fold numbers', PAUSE_MS, () => this.rollups.fold());
    this.ticker.loop('fold progress', PAUSE_MS, () => this.records.fold());
    this.ticker.cron('look at clicks again', '* * * * *', () => this.verdicts.rejectUnopened(TICK));
  }
}
