import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { DeadLetters } from '#jobs';
import { systemActor } from '#kernel';
import { SendingReports, SendingWatch } from '#sequences';

const stopped = new Gauge({
  name: 'throughline_stopped_partners',
  help: 'Partners whose sending was stopped by the product, by cause.',
  labelNames: ['cause'],
});

const slow = new Gauge({
  name: 'throughline_destination_rate',
  help: 'Rate limit in messages per minute of mail servers that asked for less, by group; a group without an entry has no limit.',
  labelNames: ['group'],
});

const gauge = (name: string, help: string): Gauge => new Gauge({ name: `throughline_${name}`, help });
const open = new Gauge({
  name: 'throughline_open_messages',
  help: 'Messages without an outcome, by state; unknown messages wait for evidence.',
  labelNames: ['state'],
});
const backlog = gauge('due_backlog', 'Enrolments that are due and not claimed, up to 100,000.');
const oldestDue = gauge('oldest_due_seconds', 'Seconds since the first unclaimed enrolment fell due.');
const lateInboxItems = gauge('late_inbox_items', 'Inbox rows that have waited for longer than five seconds.');
const stuck = gauge('overdue_steps', 'Steps without an outcome for longer than an hour and without a planned time.');
const deadLetters = gauge('dead_letters', 'Dead-lettered jobs that wait for an operator.');
const snapshotAge = gauge(
  'oldest_snapshot_age',
  'Transactions since the oldest snapshot in PostgreSQL; an old snapshot slows claims.',
);

const METRICS = systemActor('scheduler');

/** Sets the gauges of sending, which all processes read from PostgreSQL. */
@Injectable()
export class SendingMetrics {
  constructor(
    private readonly reports: SendingReports,
    private readonly watch: SendingWatch,
    private readonly deadLetterJobs: DeadLetters,
  ) {}

  async measureQueues(): Promise<void> {
    const figures = await this.reports.figures(METRICS);
    open.set({ state: 'planned' }, figures.planned);
    open.set({ state: 'leased' }, figures.leased);
    open.set({ state: 'releasing' }, figures.releasing);
    open.set({ state: 'unknown' }, figures.unknown);
    backlog.set(figures.backlog);
    oldestDue.set(figures.oldestDueSeconds);
    lateInboxItems.set(figures.lateInboxItems);
    stuck.set(figures.stuckForNoReason);
    snapshotAge.set(figures.oldestSnapshotAge);
    deadLetters.set(await this.deadLetterJobs.count());
  }

  async measureDestinations(): Promise<void> {
    slow.reset();
    for (const { group, rate } of await this.reports.slowDestinations(METRICS)) slow.set({ group }, rate);
  }

  async measureStops(): Promise<void> {
    for (const [cause, count] of await this.watch.stopped()) stopped.set({ cause }, count);
  }
}
