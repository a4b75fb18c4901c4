import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { VerifiedHosts } from '#brand';
import { MailGroups, RelayHealth } from '#delivery';
import { Ticker } from '#jobs';
import { systemActor } from '#kernel';
import { SendingOperations, SendingWatch, UnknownEvidence } from '#sequences';

const stopped = new Gauge({
  name: 'throughline_stopped_partners',
  help: 'Partners whose mail waits because the product has stopped it, by cause.',
  labelNames: ['cause'],
});

const slow = new Gauge({
  name: 'throughline_destination_rate',
  help: 'Messages a minute to mail servers that have asked for less, by their group; without an entry nobody counts.',
  labelNames: ['group'],
});

const PAUSE_MS = 15_000;
const GROUP_PAUSE_MS = 5_000;
const TICK = systemActor('scheduler');
const RELAY_PAUSE_MS = 2_000;
const EVIDENCE_PAUSE_MS = 30_000;

/** Keeps watch over partners' domains and hosts, over relays and over what was stopped; safe in every scheduler at once. */
@Injectable()
export class SendingTicks implements OnApplicationBootstrap {
  constructor(
    private readonly ticker: Ticker,
    private readonly watch: SendingWatch,
    private readonly relays: RelayHealth,
    private readonly evidence: UnknownEvidence,
    private readonly groups: MailGroups,
    private readonly operations: SendingOperations,
    private readonly hosts: VerifiedHosts,
  ) {}

  onApplicationBootstrap(): void {
    this.ticker.loop('check sending domains', PAUSE_MS, async () => {
      const more = await this.watch.checkDue();
      await this.watch.release();
      return more;
    });
    this.ticker.loop('check hosts of partners', PAUSE_MS, () => this.hosts.checkDue());
    this.ticker.loop('check relays', RELAY_PAUSE_MS, () => this.relays.checkDue());
    this.ticker.loop('look unknown messages up', EVIDENCE_PAUSE_MS, async () => {
      await this.evidence.lookUp();
      return false;
    });
    this.ticker.loop('look mail servers up', GROUP_PAUSE_MS, () => this.groups.lookUpDue());
    this.ticker.loop('count slow destinations', PAUSE_MS, async () => {
      slow.reset();
      for (const { group, rate } of await this.operations.slowDestinations(TICK)) slow.set({ group }, rate);
      return false;
    });
    this.ticker.loop('tell of halts', PAUSE_MS, () => this.watch.notifyOfHalts());
    this.ticker.loop('count stopped partners', PAUSE_MS, async () => {
      for (const [cause, count] of await this.watch.stopped()) stopped.set({ cause }, count);
      return false;
    });
    this.ticker.cron('forget old tallies', '17 3 * * *', () => this.watch.forget());
  }
}
