import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { MailboxReader } from '#engagement';
import { BackgroundWork } from '#jobs';

/**
 * Reads the mailbox every IMAP_POLL_SECONDS, if there is one. One scheduler
 * reads at a time.
 */
@Injectable()
export class MailboxPolling implements OnApplicationBootstrap {
  constructor(
    private readonly backgroundWork: BackgroundWork,
    private readonly reader: MailboxReader,
    @Inject(CONFIG) private readonly config: Pick<Config, 'IMAP_URL' | 'IMAP_POLL_SECONDS'>,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.IMAP_URL === '') return;
    this.backgroundWork.loop('read the mailbox', this.config.IMAP_POLL_SECONDS * 1000, () => this.reader.readOnce());
  }
}
