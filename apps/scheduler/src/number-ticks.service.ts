import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Rollups } from '#insight';
import { Ticker } from '#jobs';

const PAUSE_MS = 15_000;

/** Folds numbers together; readers add up what is not folded yet, so it may be late. */
@Injectable()
export class NumberTicks implements OnApplicationBootstrap {
  constructor(
    private readonly ticker: Ticker,
    private readonly rollups: Rollups,
  ) {}

  onApplicationBootstrap(): void {
    this.ticker.loop('fold numbers', PAUSE_MS, () => this.rollups.fold());
  }
}
