import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Handles } from '#jobs';
import type { MessageId, PartnerId } from '#kernel';
import { Submission, SUBMIT_MESSAGES } from '#sequences';

@Injectable()
export class MessagesHandler implements OnApplicationBootstrap {
  constructor(private readonly submission: Submission) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.submission.recover();
  }

  @Handles(SUBMIT_MESSAGES)
  async submit(data: { partnerId: string; claims: { id: string; fence: number }[] }): Promise<void> {
    await this.submission.submit(
      data.partnerId as PartnerId,
      data.claims.map(({ id, fence }) => ({ id: id as MessageId, fence })),
    );
  }
}
