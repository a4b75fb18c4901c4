import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Engagement } from '#engagement';
import { PasswordResets, SEND_SYSTEM_MAIL, START_PASSWORD_RESET, SystemMail } from '#identity';
import { Handles } from '#jobs';
import { Clock } from '#kernel';
import { SystemMailer } from '#mailer';

@Injectable()
export class SystemMailHandler {
  constructor(
    private readonly mail: SystemMail,
    private readonly mailer: SystemMailer,
    private readonly clock: Clock,
    private readonly resets: PasswordResets,
    private readonly engagement: Engagement,
    @Inject(CONFIG) private readonly config: Pick<Config, 'MAIL_DOMAIN'>,
  ) {}

  @Handles(SEND_SYSTEM_MAIL)
  async send({ mailId }: { mailId: string }): Promise<void> {
    await this.mail.deliver(mailId, ({ invitationId, ...message }) =>
      this.mailer.send({
        ...message,
        messageId: `${mailId}@${this.config.MAIL_DOMAIN}`,
        date: this.clock.now(),
        returnPath: invitationId === null ? null : this.engagement.invitationReturnPath(invitationId),
      }),
    );
  }

  @Handles(START_PASSWORD_RESET)
  async startReset({ requestId }: { requestId: string }): Promise<void> {
    await this.resets.start(requestId);
  }
}
