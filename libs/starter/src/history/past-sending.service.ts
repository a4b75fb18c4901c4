import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { BackgroundWork } from '#jobs';
import { Clock } from '#kernel';
import { ClickLeads } from '#leads';
import { DueQueue, SequenceInbox, Submission } from '#sequences';
import { SEED } from '../seed-actor.js';
import { SentMessages } from './sent-messages.service.js';

/** Work of the scheduler by the names of its schedule. */
const SENDING = ['claim due steps'] as const;
const MOVING = ['evaluate clicks for leads', 'process the inbox', 'process requests to enter'] as const;
/** Between two looks at what the queue has not begun yet. */
const POLL_MS = 10;
/** A machine that is so slow has another problem. */
const PATIENCE_MS = 300_000;
/** E-mails that take longer go to the mailbox. */
const LETTERS_MS = 10_000;

/** Lets the scheduler do at once what is due by a clock that was moved. */
@Injectable()
export class PastSending {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly backgroundWork: BackgroundWork,
    private readonly queue: DueQueue,
    private readonly inbox: SequenceInbox,
    private readonly clickLeads: ClickLeads,
    private readonly submission: Submission,
    private readonly sent: SentMessages,
  ) {}

  /** When the next step of a contact, or try of a message, is due; null: none is planned. */
  async nextDueAt(): Promise<Date | null> {
    return this.database.inTransaction(SEED, async () => {
      const dueAt = await this.queue.nextDueAt();
      const retryAt = await this.sent.nextRetryAt();
      if (dueAt === null || retryAt === null) return dueAt ?? retryAt;
      return dueAt < retryAt ? dueAt : retryAt;
    });
  }

  /**
   * Sends what is due, and moves contacts by what they have done.
   * @throws Error if it does not end.
   */
  async sendDue(): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    do {
      await this.runAll(SENDING);
      await this.untilIdle(deadline);
      await this.moveContacts();
    } while (await this.queue.hasDue(this.clock.now(), 'all'));
  }

  /** Contacts follow their clicks without the wait of a minute, which is the machine's. */
  async moveContacts(): Promise<void> {
    await this.database.inTransaction(SEED, async () => {
      await this.inbox.endWaits();
      await this.clickLeads.endWaits();
    });
    await this.runAll(MOVING);
  }

  /** Until what people are told has left, too: the server that takes it ends with the history. */
  async untilPeopleAreTold(): Promise<void> {
    const deadline = performance.now() + LETTERS_MS;
    while ((await this.sent.hasSystemMail()) && performance.now() < deadline) await pause(POLL_MS);
  }

  private async runAll(names: readonly string[]): Promise<void> {
    for (const name of names) await this.backgroundWork.runNow(name);
  }

  private async untilIdle(deadline: number): Promise<void> {
    for (;;) {
      await this.submission.chunksEnded();
      if (!(await this.sent.isBusy())) return;
      if (performance.now() > deadline) throw new Error('The e-mails of the sample data are not sent in time.');
      await pause(POLL_MS);
    }
  }
}
