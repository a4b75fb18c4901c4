import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { InstanceEpochs, Retries } from '#delivery';
import { systemActor } from '#kernel';
import { CHUNK } from '../enrolment/sequences.jobs.js';
import { SubmissionQueues } from './submission-queues.service.js';

const CLAIM = systemActor('scheduler');

/**
 * Leases messages again that wait for a retry, or whose process died before it
 * submitted them.
 */
@Injectable()
export class RetryClaims {
  constructor(
    private readonly database: Database,
    private readonly epochs: InstanceEpochs,
    private readonly retries: Retries,
    private readonly queues: SubmissionQueues,
  ) {}

  /** Claims one chunk. @returns whether more may be due. */
  async claimDue(): Promise<boolean> {
    const { messages, backlogged, isMore } = await this.database.inTransaction(CLAIM, async () => {
      const leased = await this.retries.lease(CHUNK);
      if (leased.messages.length > 0) await this.epochs.countClaim();
      return leased;
    });
    await this.queues.dispatch(messages, backlogged);
    return isMore;
  }
}
