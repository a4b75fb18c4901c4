import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Handles } from '#jobs';
import { PERFORM_ACTION, StepActions } from '#sequences';

/** What a sequence does besides e-mails. */
@Injectable()
export class ActionsHandler {
  constructor(private readonly actions: StepActions) {}

  @Handles(PERFORM_ACTION)
  async perform({ partnerId, actions }: z.output<typeof PERFORM_ACTION.data>): Promise<void> {
    await this.actions.perform(partnerId, actions);
  }
}
