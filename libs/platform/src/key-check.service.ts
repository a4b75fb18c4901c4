import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { checkSecretKey, Database } from '#database';

/** Refuses to start a process with the SECRET_KEY of another installation. */
@Injectable()
export class KeyCheck implements OnModuleInit {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Pick<Config, 'SECRET_KEY' | 'SECRET_KEY_PREVIOUS'>,
  ) {}

  /** @throws Error as `checkSecretKey`. */
  async onModuleInit(): Promise<void> {
    await checkSecretKey(this.database, this.config.SECRET_KEY, this.config.SECRET_KEY_PREVIOUS);
  }
}
