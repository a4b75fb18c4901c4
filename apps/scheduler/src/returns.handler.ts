import { Injectable } from '@nestjs/common';
import { PERSON_ANSWERED } from '#engagement';
import { Handles } from '#jobs';
import type { ActivationId, ContactId, PartnerId } from '#kernel';
import { Enrolments } from '#sequences';

/** What follows when something came back. */
@Injectable()
export class ReturnsHandler {
  constructor(private readonly enrolments: Enrolments) {}

  @Handles(PERSON_ANSWERED)
  async answered(data: { partnerId: PartnerId; activationId: ActivationId; contactId: ContactId }): Promise<void> {
    await this.enrolments.exitOnReply(data.activationId, data.partnerId, data.contactId);
  }
}
