import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Handles } from '#jobs';
import type { MessageId, PartnerId } from '#kernel';
import { Submission, SUBMIT_MESSAGES } from '#sequences';

@Injectable()
export class MessagesHandler implements OnApplicationBootstrap {
  private readonly logger = new Logger(MessagesHandler.name);

  constructor(private readonly submission: Submission) {}

  /** Every sweep does the same: a process that dies because another was at the same rows helps nobody. */
  async onApplicationBootstrap(): Promise<void> {
    await this.submission.recover().catch((error: unknown) => {
      this.logger.warn(`What dead processes left is looked at again with the next sweep: ${String(error)}`);
    });
  }

  @Handles(SUBMIT_MESSAGES)
  async submit(data: { partnerId: string; claims: { id: string; fence: number }[] }): Promise<void> {
    await this.submission.submit(
      data.partnerId as PartnerId,
      data.claims.map(({ id, fence }) => ({ id: id as MessageId, fence })),
    );
  }
}
