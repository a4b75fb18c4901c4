import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { DomainError, SecretSealer, systemActor } from '#kernel';
import type { RelayId } from '../relay.js';
import type { LookUpFailure } from './look-up-failure.js';
import type { LookUpTarget } from './look-up.js';

const ASKER = systemActor('look-up');

/** What is chosen of a relay's look-up. */
export interface LookUpSettings extends LookUpTarget {
  /** Left out where the known one stays. */
  readonly key?: string | undefined;
}

/** Where messages of relays are looked up, with the keys, closed. */
@Injectable()
export class RelayLookUps {
  private readonly sealer: SecretSealer;

  constructor(
    private readonly database: Database,
    @Inject(CONFIG) { SECRET_KEY }: Pick<Config, 'SECRET_KEY'>,
  ) {
    this.sealer = new SecretSealer(SECRET_KEY, 'throughline look-up keys');
  }

  /** @throws Error when SECRET_KEY is not the one under which it was closed. */
  open(id: RelayId, sealed: Buffer): string {
    return this.sealer.open(id, sealed).toString();
  }

  /**
   * Replaces a relay's look-up, in the open transaction; what was found of the old one is forgotten.
   * @param settings null: messages are looked up nowhere. @throws DomainError `relay.look-up-key-missing`: a key goes to the provider, and
   *   the part of the world, that it was given for.
   */
  async save(id: RelayId, settings: LookUpSettings | null): Promise<void> {
    const [known] = await this.database.query<{ provider: string; region: string; key: Buffer }>(
      'SELECT look_up AS provider, look_up_region AS region, sealed_look_up_key AS key FROM delivery.relay WHERE id = $1 AND look_up IS NOT NULL FOR UPDATE',
      [id],
    );
    const isSame = known?.provider === settings?.provider && known?.region === settings?.region;
    const kept = isSame ? (known?.key ?? null) : null;
    const key = settings?.key === undefined ? kept : this.sealer.seal(id, Buffer.from(settings.key));
    if (settings !== null && key === null)
      throw new DomainError(
        'relay.look-up-key-missing',
        'Looking messages up needs the provider’s key, and another provider or region needs it again. Give it, or look nothing up.',
        { field: 'lookUp.key' },
      );
    const { provider = null, region = null, scope = null } = settings ?? {};
    await this.database.query(
      `UPDATE delivery.relay SET look_up = $2, look_up_region = $3, look_up_scope = $4, sealed_look_up_key = $5,
         look_up_problem = NULL, look_up_trouble = NULL, look_up_failures = 0, look_up_at = NULL, look_up_next_at = now() WHERE id = $1`,
      [id, provider, region, scope, settings === null ? null : key],
    );
  }

  /** Writes down how the provider answered; and forgets what was asked for messages that are unknown no more. */
  async recordAnswer(
    id: RelayId,
    {
      trouble,
      failures,
      nextMs,
      isNews,
    }: { trouble: LookUpFailure | null; failures: number; nextMs: number; isNews: boolean },
  ): Promise<void> {
    await this.database.inTransaction(ASKER, async () => {
      // Settings that were changed meanwhile have a turn of their own.
      await this.database.query(
        `UPDATE delivery.relay SET look_up_problem = $2, look_up_trouble = $6, look_up_failures = $3, look_up_next_at = now() + $4 * interval '1 millisecond',
           look_up_at = CASE WHEN $5 THEN now() ELSE look_up_at END WHERE id = $1 AND look_up IS NOT NULL AND look_up_next_at > now()`,
        [id, trouble?.problem ?? null, failures, nextMs, isNews, trouble?.code ?? null],
      );
      await this.database.query(
        `DELETE FROM delivery.look_up l USING delivery.message m WHERE l.relay_id = $1 AND m.id = l.message_id AND m.unknown_since IS NULL`,
        [id],
      );
    });
  }
}
