import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Handles } from '#jobs';
import type { MessageId, PartnerId } from '#kernel';
import { type Chunk, Submission, SUBMIT_FEW, SUBMIT_MESSAGES } from '#sequences';

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
  async submitMessages(chunk: Chunk): Promise<void> {
    await this.submit(chunk);
  }

  @Handles(SUBMIT_FEW)
  async submitFew(chunk: Chunk): Promise<void> {
    await this.submit(chunk);
  }

  private async submit({ partnerId, claims }: Chunk): Promise<void> {
    await this.submission.submit(
      partnerId as PartnerId,
      claims.map(({ id, fence }) => ({ id: id as MessageId, fence })),
    );
  }
}
