import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { SEND_SYSTEM_MAIL, SystemMail } from '#identity';
import { Handles } from '#jobs';
import { Clock } from '#kernel';
import { SystemMailer } from '#mailer';

@Injectable()
export class SystemMailHandler {
  constructor(
    private readonly mail: SystemMail,
    private readonly mailer: SystemMailer,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'MAIL_DOMAIN'>,
  ) {}

  @Handles(SEND_SYSTEM_MAIL)
  async send({ mailId }: { mailId: string }): Promise<void> {
    await this.mail.deliver(mailId, (message) =>
      this.mailer.send({ ...message, messageId: `${mailId}@${this.config.MAIL_DOMAIN}`, date: this.clock.now() }),
    );
  }
}
