import { Injectable } from '@nestjs/common';
import { type Activation, Activations } from '#activations';
import type { TokenSubject } from '#engagement';
import type { Locale, SystemActor } from '#kernel';
import { SealRecords } from '#seal';
import { SentEmails } from './sent-emails.service.js';

/** The sealed copy that a message was sent from. */
interface SentCopy {
  /** As it ran the version of the message. */
  readonly activation: Activation;
  /** Of the e-mail in that version. */
  readonly key: string;
  readonly locale: Locale;
}

/** Finds what messages were sent from: an update may have put other e-mails into their activations since. */
@Injectable()
export class SentCopies {
  constructor(
    private readonly activations: Activations,
    private readonly emails: SentEmails,
    private readonly records: SealRecords,
  ) {}

  /**
   * @param actor in the scope of the message's partner.
   * @returns null for an unknown message.
   */
  async find(
    actor: SystemActor,
    { messageId, activationId }: Pick<TokenSubject, 'messageId' | 'activationId'>,
  ): Promise<SentCopy | null> {
    const message = await this.emails.find(actor, messageId);
    if (message === null) return null;
    const sealed = await this.records.sealedCopyOf(actor, messageId);
    const present = await this.activations.get(actor, activationId);
    const activation = await this.activations.atVersion(actor, present, sealed?.versionId ?? present.versionId);
    return { activation, key: sealed?.key ?? message.emailKey, locale: message.locale };
  }
}
