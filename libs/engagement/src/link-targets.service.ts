import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database, unnestRows } from '#database';
import type { ActivationId, PartnerActor, PartnerId, SystemActor } from '#kernel';

export interface LinkTarget {
  readonly name: string;
  readonly url: string;
  /** The address names the click, for the script of the partner's website. */
  readonly namesReader?: boolean;
}

/** Where the links of activations lead. */
@Injectable()
export class LinkTargets {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * Stores an activation's link targets, in the open transaction.
   * A redirect knows no other targets.
   */
  async store(activationId: ActivationId, partnerId: PartnerId, targets: readonly LinkTarget[]): Promise<void> {
    const rows = unnestRows(
      targets,
      {
        number: ['int', (_, index) => index],
        name: 'text',
        url: 'text',
        namesReader: ['boolean', ({ namesReader }) => namesReader === true],
      },
      [activationId, partnerId, `${this.config.PUBLIC_URL}/p/`],
    );
    await this.database.query(
      `INSERT INTO engagement.link_target (activation_id, partner_id, number, name, url, names_reader, is_ours)
       SELECT $1, $2, (SELECT coalesce(max(number) + 1, 0) FROM engagement.link_target WHERE activation_id = $1)
         + row_number() OVER (ORDER BY number) - 1, name, url, names_reader, starts_with(url, $3) FROM ${rows.from}
       WHERE NOT EXISTS (SELECT FROM engagement.link_target t WHERE t.activation_id = $1 AND t.name = given.name)`,
      rows.parameters,
    );
    await this.database.query(
      `UPDATE engagement.link_target t SET url = given.url, names_reader = given.names_reader, is_ours = starts_with(given.url, $3)
       FROM ${rows.from} WHERE t.activation_id = $1 AND t.partner_id = $2 AND t.name = given.name
         AND (t.url, t.names_reader) IS DISTINCT FROM (given.url, given.names_reader)`,
      rows.parameters,
    );
  }

  /** The names of an activation's links, in the order of their numbers. */
  async names(actor: SystemActor | PartnerActor, activationId: ActivationId): Promise<string[]> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ name: string }>(
        'SELECT name FROM engagement.link_target WHERE activation_id = $1 ORDER BY number',
        [activationId],
      ),
    );
    return rows.map(({ name }) => name);
  }

  /** Where a link of an activation leads; null: it has none of this name. */
  async url(actor: SystemActor, activationId: ActivationId, name: string): Promise<string | null> {
    const [row] = await this.database.inTransaction(actor, () =>
      this.database.query<{ url: string }>(
        'SELECT url FROM engagement.link_target WHERE activation_id = $1 AND name = $2',
        [activationId, name],
      ),
    );
    return row?.url ?? null;
  }
}
