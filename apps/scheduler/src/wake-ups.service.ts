import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { PostgresNotifications } from '#database';
import { HaltNotifications } from '#delivery';
import { BackgroundWork } from '#jobs';
import { ENTRY_CHANNEL, INBOX_CHANNEL } from '#sequences';
import { PROCESS_ENTRIES, PROCESS_INBOX } from './schedule.js';

/**
 * Listens to PostgreSQL notifications: the loops of the inbox and of requests
 * to enter run at once for new rows, and halts take effect at once.
 */
@Injectable()
export class WakeUps implements OnApplicationBootstrap {
  constructor(
    private readonly backgroundWork: BackgroundWork,
    private readonly notifications: PostgresNotifications,
    private readonly halts: HaltNotifications,
  ) {}

  onApplicationBootstrap(): void {
    this.halts.listen();
    this.notifications.on(INBOX_CHANNEL, () => this.backgroundWork.wake(PROCESS_INBOX));
    this.notifications.on(ENTRY_CHANNEL, () => this.backgroundWork.wake(PROCESS_ENTRIES));
  }
}
