import { Injectable, Logger } from '@nestjs/common';
import { Database } from '#database';
import { type ActivationId, Clock, type PartnerId, systemActor } from '#kernel';

interface DueRule {
  readonly activationId: ActivationId;
  readonly entryKey: string;
  readonly partnerId: PartnerId;
}

const LOOK = systemActor('scheduler');
const RULES = 50;
/** Delay of the retry of a failed rule; the others continue. */
const RETRY_MS = 60_000;

/**
 * Makes contacts enter on a date of theirs, in the partner's time zone. Each
 * rule is looked at when a day begins and once an hour; a contact that gets a
 * date of today enters at once (libs/database/functions/sequences.request_by_date.sql).
 */
@Injectable()
export class DateEntries {
  private readonly logger = new Logger(DateEntries.name);

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Writes requests to enter for the rules whose time has come: of each at most
   * 20,000 (libs/database/functions/sequences.enter_by_date.sql).
   * @returns whether there may be more.
   */
  async requestDue(): Promise<boolean> {
    const now = this.clock.now();
    const due = await this.database.inTransaction(LOOK, () =>
      this.database.query<DueRule>(
        'SELECT activation_id, entry_key, partner_id FROM sequences.date_rule WHERE next_at <= $1 ORDER BY next_at LIMIT $2',
        [now, RULES],
      ),
    );
    for (const rule of due) await this.request(rule, now);
    return due.length === RULES;
  }

  private async request(rule: DueRule, now: Date): Promise<void> {
    const { activationId, entryKey, partnerId } = rule;
    try {
      await this.database.inTransaction(systemActor('scheduler', { partnerId }), () =>
        this.database.query('SELECT sequences.enter_by_date($1, $2, $3)', [activationId, entryKey, now]),
      );
    } catch (error) {
      this.logger.error(`The contacts of a date were not found (${activationId}, ${entryKey}).`, error);
      await this.database.inTransaction(LOOK, () =>
        this.database.query('UPDATE sequences.date_rule SET next_at = $3 WHERE activation_id = $1 AND entry_key = $2', [
          activationId,
          entryKey,
          new Date(now.getTime() + RETRY_MS),
        ]),
      );
    }
  }
}
