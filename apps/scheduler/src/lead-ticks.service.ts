import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Ticker } from '#jobs';
import { LeadReminders } from '#leads';

const PAUSE_MS = 30_000;

@Injectable()
export class LeadTicks implements OnApplicationBootstrap {
  constructor(
    private readonly ticker: Ticker,
    private readonly reminders: LeadReminders,
  ) {}

  onApplicationBootstrap(): void {
    this.ticker.loop('remind of leads', PAUSE_MS, () => this.reminders.sendDue());
  }
}
