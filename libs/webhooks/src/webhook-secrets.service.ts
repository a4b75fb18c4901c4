import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { Clock, type SealedColumns, SecretSealer } from '#kernel';
import type { WebhookEndpointId } from './webhook-endpoint.js';

interface SealedSecrets {
  readonly secret: Buffer;
  readonly previousSecret: Buffer | null;
}

export const SEALED_WEBHOOK_SECRETS: SealedColumns = {
  table: 'webhooks.endpoint',
  columns: ['secret', 'previous_secret'],
  owner: 'id',
  purpose: 'throughline webhook secrets',
};

/** Closes and opens the secrets of endpoints. */
@Injectable()
export class WebhookSecrets {
  private readonly sealer: SecretSealer;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) config: Pick<Config, 'SECRET_KEY'>,
  ) {
    this.sealer = new SecretSealer(config.SECRET_KEY, SEALED_WEBHOOK_SECRETS.purpose);
  }

  seal(id: WebhookEndpointId, secret: string): Buffer {
    return this.sealer.seal(id, Buffer.from(secret));
  }

  /**
   * Those that sign now, the newest first; in the open transaction.
   * @throws Error when SECRET_KEY is not the one that they were made under.
   */
  async valid(id: WebhookEndpointId): Promise<string[]> {
    const [row] = await this.database.query<SealedSecrets>(
      `SELECT secret, CASE WHEN previous_valid_until > $2 THEN previous_secret END AS previous_secret FROM webhooks.endpoint WHERE id = $1`,
      [id, this.clock.now()],
    );
    return [row?.secret, row?.previousSecret].flatMap((closed) =>
      closed ? [this.sealer.open(id, closed).toString()] : [],
    );
  }
}
