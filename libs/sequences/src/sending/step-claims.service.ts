import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel';
import { MailTransport } from '#mailer';
import { DueQueue, type PartnerSelection } from '../enrolment/due-queue.service.js';
import { CHUNK } from '../enrolment/sequences.jobs.js';
import { DueStepClaims, IDLE_MS } from './due-step-claims.service.js';
import { RetryClaims } from './retry-claims.service.js';
import { SubmissionQueues } from './submission-queues.service.js';

/** Milliseconds until the next claim while both queues are full. */
const FULL_MS = 20;
/** The same while one queue is full and nothing is due for the other. */
const HALF_FULL_MS = 50;

/**
 * Claims due steps and puts them into the submission queues. Any number of
 * processes may do this at once.
 */
@Injectable()
export class StepClaims {
  constructor(
    private readonly clock: Clock,
    private readonly transport: MailTransport,
    private readonly queue: DueQueue,
    private readonly due: DueStepClaims,
    private readonly retries: RetryClaims,
    private readonly queues: SubmissionQueues,
  ) {}

  /**
   * One round. Partners are claimed in the order of their last claim, with as
   * many enrolments as the queues have room for. If one queue is full, only
   * partners are claimed whose chunks go into the other, so that a few messages
   * do not wait for a backlog.
   * @returns the milliseconds until the next round.
   */
  async claimDue(): Promise<number> {
    if (this.transport.backOffMs() > 0) return IDLE_MS;
    const { withBacklog, withoutBacklog } = await this.queues.room();
    if (withBacklog > 0 && withoutBacklog > 0) return this.claimAndDispatch('all', withBacklog);
    if (withBacklog <= 0 && withoutBacklog <= 0) return FULL_MS;
    const selection = withBacklog > 0 ? 'with-backlog' : 'without-backlog';
    if (!(await this.queue.hasDue(this.clock.now(), selection))) return HALF_FULL_MS;
    return this.claimAndDispatch(selection, Math.max(withBacklog, withoutBacklog));
  }

  private async claimAndDispatch(selection: PartnerSelection, room: number): Promise<number> {
    const { leased, withBacklog, waitMs, isHalted } = await this.due.claim(selection, room * CHUNK);
    if (isHalted) return IDLE_MS;
    await this.queues.dispatch(leased, withBacklog);
    if (selection !== 'all') return FULL_MS;
    return (await this.retries.claimDue()) ? 0 : waitMs;
  }
}
