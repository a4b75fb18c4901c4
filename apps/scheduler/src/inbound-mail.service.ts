import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Returns } from '#engagement';
import { InboundSmtp } from '#mailer';

/**
 * The SMTP port for mail to return addresses. Any number of schedulers may have
 * one, because a mail that arrives twice is recorded once.
 */
@Injectable()
export class InboundMail implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(InboundMail.name);
  private server: InboundSmtp | null = null;

  constructor(
    private readonly returns: Returns,
    @Inject(CONFIG) private readonly config: Pick<Config, 'INBOUND_SMTP_PORT' | 'BIND_ADDRESS' | 'MAIL_DOMAIN'>,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { INBOUND_SMTP_PORT: port, BIND_ADDRESS: host, MAIL_DOMAIN } = this.config;
    if (port === 0) return;
    this.server = new InboundSmtp({
      host,
      port,
      accepts: (recipient) => this.returns.accepts(recipient),
      store: (mail) => this.returns.receive(mail),
    });
    await this.server.listen();
    this.logger.log(`Takes what comes back to ${MAIL_DOMAIN} on ${host}:${port}.`);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.server?.close();
  }
}
