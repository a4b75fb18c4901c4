import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Engagement } from '#engagement';
import { SystemMail } from '#identity';
import { Clock } from '#kernel';
import { SystemMailer } from '#mailer';

/**
 * Sends a stored system mail. Mail of an invitation gets a return path by which
 * its bounce is found.
 */
@Injectable()
export class SystemMailDelivery {
  constructor(
    private readonly mail: SystemMail,
    private readonly mailer: SystemMailer,
    private readonly clock: Clock,
    private readonly engagement: Engagement,
    @Inject(CONFIG) private readonly config: Pick<Config, 'MAIL_DOMAIN'>,
  ) {}

  /** @param mailId of a mail that `SystemMail` stored. */
  async deliver(mailId: string): Promise<void> {
    await this.mail.deliver(mailId, ({ invitationId, ...message }) =>
      this.mailer.send({
        ...message,
        messageId: `${mailId}@${this.config.MAIL_DOMAIN}`,
        date: this.clock.now(),
        returnPath: invitationId === null ? null : this.engagement.invitationReturnPath(invitationId),
      }),
    );
  }
}
