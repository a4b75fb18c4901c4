import { Injectable, Logger } from '@nestjs/common';
import { AuditLog } from '#audit';
import { NewsletterDrafts } from '#campaigns';
import { Database } from '#database';
import { Clock, systemActor, vendorProcess } from '#kernel';
import { type Newsletter, type NewsletterId, requireMove } from './newsletter.js';
import { NewsletterAudiences } from './newsletter-audiences.service.js';
import { NewsletterPost } from './newsletter-post.service.js';
import { NewslettersRepository } from './newsletters.repository.js';

const SENDER = systemActor('newsletters');
/** People in one transaction: under a second. */
const BATCH = 250;

/**
 * Sends newsletters that are due. The rows of the recipients say who has been told, in the transaction that
 * posts the e-mail: each person is told once, whatever happens to the process.
 */
@Injectable()
export class NewsletterSending {
  private readonly logger = new Logger(NewsletterSending.name);

  constructor(
    private readonly database: Database,
    private readonly rows: NewslettersRepository,
    private readonly drafts: NewsletterDrafts,
    private readonly audiences: NewsletterAudiences,
    private readonly post: NewsletterPost,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @returns whether there may be more to do at once. */
  async sendDue(): Promise<boolean> {
    const isStarted = await this.startNext();
    return (await this.tellNext()) || isStarted;
  }

  /** Whether the mail server has accepted an e-mail already. */
  async isAccepted(mailId: string): Promise<boolean> {
    return this.database.inTransaction(SENDER, () => this.rows.isAccepted(mailId));
  }

  /** What the mail server said of an e-mail. */
  async recordMailOutcome(mailId: string, outcome: 'accepted' | 'refused'): Promise<void> {
    await this.database.inTransaction(SENDER, () => this.rows.setMailOutcome(mailId, outcome, this.clock.now()));
  }

  /** Starts the next newsletter that is due and can be. One that fails is tried again in the next run. */
  private async startNext(): Promise<boolean> {
    const failed: NewsletterId[] = [];
    for (;;) {
      const due = await this.database.inTransaction(SENDER, () =>
        this.rows.nextDue('scheduled', this.clock.now(), failed),
      );
      if (due === null) return false;
      try {
        await this.start(due);
        return true;
      } catch (error) {
        this.logger.error(`Newsletter ${due.id} could not be started; it is tried again.`, error);
        failed.push(due.id);
      }
    }
  }

  /** Decides who gets a newsletter. */
  private async start(due: Newsletter): Promise<void> {
    const people = await this.audiences.people(vendorProcess(SENDER.name, due.vendorId), due);
    await this.database.inTransaction(SENDER, async () => {
      const newsletter = await this.rows.get(due.id, 'to-change');
      // Cancelled, or started by another process meanwhile.
      if (newsletter.state !== 'scheduled') return;
      requireMove(newsletter, 'sending');
      await this.rows.addRecipients(newsletter.id, people);
      await this.rows.save({ ...newsletter, state: 'sending' });
    });
  }

  /** Tells the next people of a newsletter, or ends it. */
  private async tellNext(): Promise<boolean> {
    const due = await this.database.inTransaction(SENDER, () => this.rows.nextDue('sending', this.clock.now()));
    if (due === null) return false;
    const { version, compiled } = await this.drafts.content(SENDER, due.campaignId);
    return this.database.inTransaction(SENDER, async () => {
      const newsletter = await this.rows.get(due.id, 'to-change');
      if (newsletter.state !== 'sending') return true;
      const recipients = await this.rows.waiting(newsletter.id, BATCH);
      if (recipients.length === 0) return this.end(newsletter);
      await this.post.tell(SENDER, { newsletter, compiled, title: version.title }, recipients);
      return true;
    });
  }

  private async end(newsletter: Newsletter): Promise<boolean> {
    requireMove(newsletter, 'sent');
    await this.rows.save({ ...newsletter, state: 'sent', sentAt: this.clock.now() });
    const counts = (await this.rows.counts([newsletter.id])).get(newsletter.id);
    await this.audit.record(
      { ...SENDER, vendorId: newsletter.vendorId },
      {
        action: 'newsletter.sent',
        subject: { kind: 'newsletter', id: newsletter.id },
        details: { people: counts?.people ?? 0 },
      },
    );
    return true;
  }
}
