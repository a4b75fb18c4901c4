import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { DomainError, type SealedColumns, SecretSealer, systemActor } from '#kernel';
import type { RelayId } from '../relay.js';
import type { LookUpFailure } from './look-up-failure.js';
import type { LookUpTarget } from './look-up.js';

const ASKER = systemActor('look-up');
export const SEALED_LOOK_UP_KEYS: SealedColumns = {
  table: 'delivery.relay',
  columns: ['sealed_look_up_key'],
  owner: 'id',
  purpose: 'throughline look-up keys',
};

/** Look-up settings of a relay. */
export interface LookUpSettings extends LookUpTarget {
  /** Omitted: the stored key stays. */
  readonly key?: string | undefined;
}

/** Stores the look-up settings of relays, with sealed keys. */
@Injectable()
export class RelayLookUps {
  private readonly sealer: SecretSealer;

  constructor(
    private readonly database: Database,
    @Inject(CONFIG) { SECRET_KEY }: Pick<Config, 'SECRET_KEY'>,
  ) {
    this.sealer = new SecretSealer(SECRET_KEY, SEALED_LOOK_UP_KEYS.purpose);
  }

  /** @throws Error if the key was sealed under another SECRET_KEY. */
  open(id: RelayId, sealed: Buffer): string {
    return this.sealer.open(id, sealed).toString();
  }

  /**
   * Replaces a relay's look-up in the open transaction, and clears its state.
   * @param settings null turns the look-up off.
   * @throws DomainError `relay.look-up-key-missing`: a stored key is used only
   *   for the provider and region it was given for.
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
         look_up_problem = NULL, look_up_problem_code = NULL, look_up_failures = 0, look_up_at = NULL, look_up_next_at = now() WHERE id = $1`,
      [id, provider, region, scope, settings === null ? null : key],
    );
  }

  /**
   * Stores how the provider answered, and deletes look-ups of messages that are
   * no longer unknown.
   */
  async recordAnswer(
    id: RelayId,
    {
      failure,
      failures,
      nextMs,
      isNews,
    }: { failure: LookUpFailure | null; failures: number; nextMs: number; isNews: boolean },
  ): Promise<void> {
    await this.database.inTransaction(ASKER, async () => {
      // Settings that were changed meanwhile have a turn of their own.
      await this.database.query(
        `UPDATE delivery.relay SET look_up_problem = $2, look_up_problem_code = $6, look_up_failures = $3,
           look_up_next_at = now() + $4 * interval '1 millisecond',
           look_up_at = CASE WHEN $5 THEN now() ELSE look_up_at END WHERE id = $1 AND look_up IS NOT NULL AND look_up_next_at > now()`,
        [id, failure?.problem ?? null, failures, nextMs, isNews, failure?.code ?? null],
      );
      await this.database.query(
        `DELETE FROM delivery.look_up l USING delivery.message m WHERE l.relay_id = $1 AND m.id = l.message_id AND m.unknown_since IS NULL`,
        [id],
      );
    });
  }
}
