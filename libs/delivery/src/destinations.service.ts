import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Clock } from '#kernel';
import { destinationPauseMs } from './back-off.js';

/** Domains of addresses that spoke of rates or reputation (4.7.x, 4.4.x): all of their mail waits, not one message after the other. */
@Injectable()
export class Destinations {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Those of the domains that wait, with the moment until which, in the open transaction. */
  async paused(domains: readonly string[]): Promise<Map<string, Date>> {
    const rows = await this.database.query<{ domain: string; until: Date }>(
      'SELECT domain, paused_until AS until FROM delivery.destination WHERE domain = ANY ($1) AND paused_until > $2',
      [[...new Set(domains)], this.clock.now()],
    );
    return new Map(rows.map(({ domain, until }) => [domain, until]));
  }

  /**
   * Writes down what destinations said, in the open transaction. What was refused while it waited already, by messages that were on
   * their way, counts once.
   */
  async note(refused: ReadonlyMap<string, string>, taken: readonly string[]): Promise<void> {
    const now = this.clock.now();
    const took = taken.filter((domain) => !refused.has(domain));
    if (took.length > 0)
      await this.database.query('DELETE FROM delivery.destination WHERE domain = ANY ($1)', [
        [...new Set(took)].sort(),
      ]);
    for (const [domain, text] of [...refused].sort(([a], [b]) => a.localeCompare(b))) {
      const [known] = await this.database.query<{ refusals: number; until: Date }>(
        'SELECT refusals, paused_until AS until FROM delivery.destination WHERE domain = $1 FOR UPDATE',
        [domain],
      );
      if (known !== undefined && known.until > now) continue;
      const refusals = (known?.refusals ?? 0) + 1;
      await this.database.query(
        `INSERT INTO delivery.destination (domain, refusals, paused_until, smtp_text) VALUES ($1, $2, $3, $4)
         ON CONFLICT (domain) DO UPDATE SET refusals = $2, paused_until = $3, smtp_text = $4`,
        [domain, refusals, new Date(now.getTime() + destinationPauseMs(refusals)), text.slice(0, 500)],
      );
    }
  }
}
