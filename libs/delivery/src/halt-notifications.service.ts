import { Injectable, Logger } from '@nestjs/common';
import { PostgresNotifications } from '#database';
import { Halts, HALTS_CHANNEL, HaltsInForce, type HaltSubject } from './halts.service.js';

/**
 * Tells a sending process about halts, so that messages that were released but
 * not submitted stay. The release itself reads the halts from the database:
 * only later notifications matter.
 */
@Injectable()
export class HaltNotifications {
  private readonly logger = new Logger(HaltNotifications.name);
  private latest = new HaltsInForce([]);

  constructor(
    private readonly notifications: PostgresNotifications,
    private readonly halts: Halts,
  ) {}

  /** Call it in processes that send. */
  listen(): void {
    this.notifications.on(HALTS_CHANNEL, () => void this.refresh());
  }

  /**
   * Call it before a release.
   * @returns a function that tells whether a halt of its subject was reported
   *   since.
   */
  watch(): (subject: HaltSubject) => boolean {
    const known = this.latest;
    return (subject) => this.latest !== known && this.latest.covers(subject);
  }

  /** Reads the halts now, without waiting for a notification. */
  async refresh(): Promise<void> {
    try {
      this.latest = await this.halts.inForce();
    } catch (error) {
      this.logger.warn(`Halts could not be read; each release reads them from the database instead. ${String(error)}`);
    }
  }
}
