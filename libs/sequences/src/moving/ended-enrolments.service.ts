import { Injectable } from '@nestjs/common';
import { Ledger } from '#delivery';
import type { PartnerId } from '#kernel';
import { DueQueue } from '../enrolment/due-queue.service.js';
import type { Moved } from '../enrolment/enrolment-states.service.js';
import { StepOutcomes } from './step-outcomes.service.js';

/** Cleans up after contacts whose sequence has ended. */
@Injectable()
export class EndedEnrolments {
  constructor(
    private readonly ledger: Ledger,
    private readonly queue: DueQueue,
    private readonly outcomes: StepOutcomes,
  ) {}

  /**
   * In the open transaction. Cancels planned messages and due rows of those
   * enrolments among `moved` that have ended.
   * Submitted messages are not affected.
   */
  async cleanUp(partnerId: PartnerId, moved: readonly Moved[]): Promise<void> {
    for (const { enrolled, advanced } of moved) {
      if (advanced.next.dueAt !== null || advanced.next.state === 'acting') continue;
      const exit = advanced.effects.find(({ kind }) => kind === 'exit');
      if (exit?.kind === 'exit') await this.ledger.withdraw(enrolled.id, exit.reason);
      await this.queue.remove(enrolled.id);
      this.outcomes.checkForEnd(enrolled.activationId, partnerId);
    }
  }
}
