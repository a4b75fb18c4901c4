import { Injectable, Logger } from '@nestjs/common';
import { Bell } from '#database';
import { Halts, HALTS_CHANNEL, HaltsInForce, type HaltSubject } from './halts.service.js';

/**
 * What a process that hands over hears of halts, so that what it has in hand and not begun stays here. A hand-off has looked for itself: only
 * what is heard after it says something new.
 */
@Injectable()
export class HaltNotifications {
  private readonly logger = new Logger(HaltNotifications.name);
  private latest = new HaltsInForce([]);

  constructor(
    private readonly bell: Bell,
    private readonly halts: Halts,
  ) {}

  /** For processes that send. */
  listen(): void {
    this.bell.on(HALTS_CHANNEL, () => void this.refresh());
  }

  /** @returns a question, to be asked until what was handed off from here on is over: whether a halt of its subject was heard of since. */
  watch(): (subject: HaltSubject) => boolean {
    const known = this.latest;
    return (subject) => this.latest !== known && this.latest.covers(subject);
  }

  /** Looks now: for who cannot wait to be rung. */
  async refresh(): Promise<void> {
    try {
      this.latest = await this.halts.inForce();
    } catch (error) {
      this.logger.warn(`Halts could not be read; hand-offs look for themselves. ${String(error)}`);
    }
  }
}
