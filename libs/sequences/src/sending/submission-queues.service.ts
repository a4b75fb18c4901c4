import { Injectable } from '@nestjs/common';
import type { LeasedMessage } from '#delivery';
import { type Job, Jobs } from '#jobs';
import type { PartnerId } from '#kernel';
import { CHUNK, type Chunk, SUBMIT_FEW, SUBMIT_MESSAGES } from '../enrolment/sequences.jobs.js';
import { chunksOf } from './submission-chunks.js';

/**
 * Chunks that may wait in each queue, of all schedulers together. It keeps all
 * schedulers busy until the next claim. More would delay the chunks behind
 * them, and more leases would be lost when Redis is emptied.
 */
const MAX_WAITING = 2;

/**
 * Two queues of chunks: one for partners with a backlog, one for all others. A
 * few messages do not wait behind thousands.
 */
@Injectable()
export class SubmissionQueues {
  constructor(private readonly jobs: Jobs) {}

  /** @returns how many more chunks each of the queues takes now. */
  async room(): Promise<{ readonly withBacklog: number; readonly withoutBacklog: number }> {
    const [withBacklog, withoutBacklog] = await Promise.all([this.roomOf(SUBMIT_MESSAGES), this.roomOf(SUBMIT_FEW)]);
    return { withBacklog, withoutBacklog };
  }

  /** @param backlogged partners that have more due than was leased. */
  async dispatch(leased: readonly LeasedMessage[], backlogged: ReadonlySet<PartnerId>): Promise<void> {
    const leasedBy = (isBacklogged: boolean): LeasedMessage[] =>
      leased.filter(({ partnerId }) => backlogged.has(partnerId) === isBacklogged);
    await this.jobs.dispatch(SUBMIT_FEW, chunksOf(leasedBy(false), CHUNK));
    await this.jobs.dispatch(SUBMIT_MESSAGES, chunksOf(leasedBy(true), CHUNK));
  }

  private async roomOf(job: Job<Chunk, void>): Promise<number> {
    return MAX_WAITING - (await this.jobs.waiting(job));
  }
}
