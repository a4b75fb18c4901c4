import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Ledger } from '#delivery';
import { Jobs, Ticker } from '#jobs';
import { StepClaims, StepOutcomes } from '#sequences';

const swept = new Gauge({
  name: 'throughline_swept_messages',
  help: 'Messages that the last sweep freed or marked unknown.',
  labelNames: ['to'],
});

/** What repeats: all of it is safe in every scheduler at once. */
@Injectable()
export class Ticks implements OnApplicationBootstrap {
  constructor(
    private readonly ticker: Ticker,
    private readonly jobs: Jobs,
    private readonly claims: StepClaims,
    private readonly ledger: Ledger,
    private readonly outcomes: StepOutcomes,
  ) {}

  onApplicationBootstrap(): void {
    this.ticker.loop('claim due steps', 250, () => this.claims.claimDue());
    this.ticker.loop('relay the outbox', 1000, async () => (await this.jobs.relay()) > 0);
    this.ticker.cron('sweep the ledger', '* * * * *', async () => {
      const { planned, unknown } = await this.ledger.sweep();
      swept.set({ to: 'planned' }, planned);
      swept.set({ to: 'unknown' }, unknown);
      await this.outcomes.catchUp();
    });
  }
}
