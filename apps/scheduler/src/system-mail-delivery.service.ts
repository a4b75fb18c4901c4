import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { SendPolicy } from '#contacts';
import { ReturnAddresses } from '#engagement';
import { LOGO_ID, type OutgoingSystemMail, SystemMail, type SystemMailOutcome } from '#identity';
import { Clock, systemActor } from '#kernel';
import { SystemMailer } from '#mailer';
import { NewsletterSending } from '#newsletters';
import { BlobStore } from '#storage';

type Message = Omit<OutgoingSystemMail, 'isNewsletter'>;

/**
 * Sends a stored system mail. Mail of an invitation gets a return path by which
 * its bounce is found. Mail to a contact is not sent once the contact may not
 * be mailed: it may have waited for a relay while the person was suppressed.
 */
@Injectable()
export class SystemMailDelivery {
  private readonly logger = new Logger(SystemMailDelivery.name);

  constructor(
    private readonly mail: SystemMail,
    private readonly mailer: SystemMailer,
    private readonly clock: Clock,
    private readonly addresses: ReturnAddresses,
    private readonly policy: SendPolicy,
    private readonly blobs: BlobStore,
    private readonly newsletters: NewsletterSending,
    @Inject(CONFIG) private readonly config: Pick<Config, 'MAIL_DOMAIN'>,
  ) {}

  /** @param mailId of a mail that `SystemMail` stored. */
  async deliver(mailId: string): Promise<void> {
    await this.mail.deliver(mailId, async (mail) => {
      const { isNewsletter, ...message } = mail;
      const outcome = isNewsletter ? await this.submitOnce(mailId, message) : await this.submit(mailId, message);
      if (outcome.kind === 'refused')
        this.logger.warn(`The relay refused system mail ${mailId} for good: ${outcome.text}`);
      return outcome;
    });
  }

  /** A process that was killed after the relay's answer has recorded it: the person gets no second one. */
  private async submitOnce(mailId: string, mail: Message): Promise<SystemMailOutcome> {
    if (await this.newsletters.isAccepted(mailId)) return { kind: 'accepted' };
    const outcome = await this.submit(mailId, mail);
    if (outcome.kind !== 'suppressed') await this.newsletters.recordMailOutcome(mailId, outcome.kind);
    return outcome;
  }

  private async submit(
    mailId: string,
    { invitationId, contact, logoHash, ...message }: Message,
  ): Promise<SystemMailOutcome> {
    if (contact !== null) {
      const actor = systemActor('system-mail', { partnerId: contact.partnerId });
      const reason = await this.policy.suppression(actor, contact.id);
      if (reason !== null) return { kind: 'suppressed', reason };
    }
    return this.mailer.send({
      ...message,
      logo: logoHash === null ? null : { id: LOGO_ID, png: await this.blobs.get(logoHash) },
      messageId: `${mailId}@${this.config.MAIL_DOMAIN}`,
      date: this.clock.now(),
      returnPath: invitationId === null ? null : this.addresses.invitationReturnPath(invitationId),
    });
  }
}
