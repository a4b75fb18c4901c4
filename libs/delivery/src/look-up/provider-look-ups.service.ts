import { Inject, Injectable, Logger } from '@nestjs/common';
import { Counter } from 'prom-client';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { type MessageId, type PartnerId, systemActor, type VendorId } from '#kernel';
import type { RelayId } from '../relay.js';
import { KEY_UNREADABLE, type LookUpFailure } from './look-up-failure.js';
import type { LookUpFinding, LookUpTarget, LookUpProvider } from './look-up.js';
import { retryDelayMs, errorPauseMs } from './look-ups.js';
import { ProviderApi } from './provider-api.adapter.js';
import { RelayLookUps } from './relay-look-ups.service.js';

const ASKER = systemActor('look-up');
/**
 * Look-ups at one provider per run, one after the other. With a run each 30
 * seconds this is 20 a minute.
 */
const QUESTIONS = 10;
const TURN_MS = 25_000;
/**
 * For this time no other process asks this provider. Longer than a run can
 * take.
 */
const CLAIM_SECONDS = 300;
const RELAYS_AT_ONCE = 10;

interface Due extends LookUpTarget {
  readonly id: RelayId;
  readonly vendorId: VendorId | null;
  readonly sealedKey: Buffer;
  readonly failures: number;
}
interface Unknown {
  readonly id: MessageId;
  readonly partnerId: PartnerId;
  readonly attempt: number;
}

/** A message that a provider knows. */
export interface FoundAtProvider extends Unknown {
  readonly provider: LookUpProvider;
  readonly relayId: RelayId;
  readonly finding: LookUpFinding;
}

const asked = new Counter({
  name: 'throughline_look_ups_total',
  help: 'Questions to providers for unknown messages, by what came of them.',
  labelNames: ['provider', 'answer'],
});

/**
 * Looks unknown messages up at the providers behind relays: slowly, by one
 * process at a time, repeatedly while they are unknown.
 */
@Injectable()
export class ProviderLookUps {
  private readonly logger = new Logger(ProviderLookUps.name);

  constructor(
    private readonly database: Database,
    private readonly relays: RelayLookUps,
    private readonly api: ProviderApi,
    @Inject(CONFIG) private readonly config: Pick<Config, 'MAIL_DOMAIN'>,
  ) {}

  /** @returns the messages that were found. The others stay unknown. */
  async lookUpDue(): Promise<FoundAtProvider[]> {
    const due = await this.database.inTransaction(ASKER, () =>
      this.database.query<Due>(
        `UPDATE delivery.relay SET look_up_next_at = now() + $1 * interval '1 second'
         WHERE id IN (SELECT id FROM delivery.relay WHERE look_up IS NOT NULL AND look_up_next_at <= now()
           ORDER BY look_up_next_at LIMIT $2 FOR UPDATE SKIP LOCKED)
         RETURNING id, vendor_id, look_up AS provider, look_up_region AS region, look_up_scope AS scope,
           sealed_look_up_key AS sealed_key, look_up_failures AS failures`,
        [CLAIM_SECONDS, RELAYS_AT_ONCE],
      ),
    );
    return (await Promise.all(due.map((relay) => this.lookUpAtProvider(relay)))).flat();
  }

  private async lookUpAtProvider(relay: Due): Promise<FoundAtProvider[]> {
    const found: FoundAtProvider[] = [];
    const key = this.keyOf(relay);
    if (key === null) {
      await this.backOff(relay, KEY_UNREADABLE, 0);
      return found;
    }
    const unknown = await this.unknownOf(relay);
    for (const message of unknown) {
      const sought = { id: message.id, messageId: `${message.id}@${this.config.MAIL_DOMAIN}` };
      const answer = await this.api.lookUp(relay, key, sought);
      asked.inc({ provider: relay.provider, answer: answer.kind });
      if (answer.kind === 'failure') {
        await this.backOff(relay, answer.failure, answer.restMs);
        return found;
      }
      if (answer.kind === 'not-found') await this.recordNotFound(relay, message);
      else found.push({ ...message, provider: relay.provider, relayId: relay.id, finding: answer.finding });
    }
    await this.relays.recordAnswer(relay.id, {
      failure: null,
      failures: 0,
      nextMs: TURN_MS,
      isNews: unknown.length > 0,
    });
    return found;
  }

  private keyOf({ id, sealedKey }: Due): string | null {
    try {
      return this.relays.open(id, sealedKey);
    } catch (error) {
      this.logger.error(`The look-up key of relay ${id} cannot be opened.`, error);
      return null;
    }
  }

  private async backOff({ id, provider, failures }: Due, failure: LookUpFailure, wishMs: number): Promise<void> {
    const nextMs = errorPauseMs(failures + 1, wishMs);
    this.logger.warn(`Unknown messages cannot be looked up at ${provider} (relay ${id}): ${failure.problem}`);
    await this.relays.recordAnswer(id, { failure, failures: failures + 1, nextMs, isNews: true });
  }

  /**
   * The unknown messages of this relay. Also those whose relay was not
   * recorded, or whose earlier attempt may have used another relay.
   */
  private unknownOf({ id, vendorId }: Due): Promise<Unknown[]> {
    return this.database.inTransaction(ASKER, () =>
      this.database.query<Unknown>(
        `SELECT m.id, m.partner_id, m.attempt FROM delivery.message m
         LEFT JOIN delivery.look_up l ON l.message_id = m.id AND l.relay_id = $1
         WHERE m.unknown_since IS NOT NULL AND coalesce(l.next_at <= now(), true)
           AND (m.relay = $1::text OR ((m.relay IS NULL OR m.attempt > 1) AND CASE WHEN $2::uuid IS NULL
             THEN NOT EXISTS (SELECT 1 FROM delivery.relay r WHERE r.vendor_id = m.vendor_id) ELSE m.vendor_id = $2 END))
         ORDER BY l.next_at NULLS FIRST, m.unknown_since LIMIT $3`,
        [id, vendorId, QUESTIONS],
      ),
    );
  }

  private async recordNotFound({ id: relayId }: Due, { id }: Unknown): Promise<void> {
    await this.database.inTransaction(ASKER, async () => {
      const [known] = await this.database.query<{ attempts: number }>(
        'SELECT attempts FROM delivery.look_up WHERE message_id = $1 AND relay_id = $2',
        [id, relayId],
      );
      const attempts = (known?.attempts ?? 0) + 1;
      // If the relay was removed meanwhile, nothing is stored.
      await this.database.query(
        `INSERT INTO delivery.look_up (message_id, relay_id, attempts, attempted_at, next_at)
         SELECT $1, id, $3, now(), now() + $4 * interval '1 millisecond' FROM delivery.relay WHERE id = $2
         ON CONFLICT (message_id, relay_id) DO UPDATE SET attempts = $3, attempted_at = now(), next_at = EXCLUDED.next_at`,
        [id, relayId, attempts, retryDelayMs(attempts)],
      );
    });
  }
}
