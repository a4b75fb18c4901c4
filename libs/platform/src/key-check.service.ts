import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { systemActor } from '#kernel';

const KEY_CHECK = systemActor('key-check');

/**
 * Refuses to start a process with another SECRET_KEY than the one that this
 * database began with. Under another key, suppressed and erased addresses would
 * not be recognised, and links and sealed passwords could not be opened.
 */
@Injectable()
export class KeyCheck implements OnModuleInit {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Pick<Config, 'SECRET_KEY'>,
  ) {}

  /** @throws Error that names the setting and the way out. */
  async onModuleInit(): Promise<void> {
    const value = createHmac('sha256', this.config.SECRET_KEY).update('throughline key check').digest();
    const [stored] = await this.database.inTransaction(KEY_CHECK, async () => {
      await this.database.query('INSERT INTO database.key_check (value) VALUES ($1) ON CONFLICT DO NOTHING', [value]);
      return this.database.query<{ value: Buffer }>('SELECT value FROM database.key_check');
    });
    if (stored !== undefined && timingSafeEqual(stored.value, value)) return;
    throw new Error(
      'SECRET_KEY is not the one that this database began with. Links, suppressions and sealed passwords depend on it. ' +
        'Set the earlier key; without it, restore the backup that it belongs to, or begin with an empty database.',
    );
  }
}
