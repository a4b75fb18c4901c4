import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Ticker } from '#jobs';
import { ClickLeads, LeadReminders } from '#leads';

const PAUSE_MS = 30_000;
const WEIGH_PAUSE_MS = 2_000;

@Injectable()
export class LeadTicks implements OnApplicationBootstrap {
  constructor(
    private readonly ticker: Ticker,
    private readonly reminders: LeadReminders,
    private readonly clickLeads: ClickLeads,
  ) {}

  onApplicationBootstrap(): void {
    this.ticker.loop('remind of leads', PAUSE_MS, () => this.reminders.sendDue());
    this.ticker.loop('weigh clicks', WEIGH_PAUSE_MS, () => this.clickLeads.evaluateDue());
  }
}
