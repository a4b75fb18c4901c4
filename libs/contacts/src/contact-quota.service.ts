import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '#config';
import { Database } from '#database';
import { DomainError, type PartnerId } from '#kernel';

/** Limits of what one partner can store. */
@Injectable()
export class ContactQuota {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Pick<Config, 'CONTACT_QUOTA' | 'WAITING_IMPORTS'>,
  ) {}

  /** How many contacts a partner may still add. Joins the open transaction. */
  async room(partnerId: PartnerId): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM contacts.contact WHERE partner_id = $1',
      [partnerId],
    );
    return this.config.CONTACT_QUOTA - (row?.count ?? 0);
  }

  /**
   * Joins the open transaction.
   * @throws DomainError `contacts.quota-reached`.
   */
  async requireRoom(partnerId: PartnerId): Promise<void> {
    if ((await this.room(partnerId)) > 0) return;
    const most = this.config.CONTACT_QUOTA.toLocaleString('en');
    throw new DomainError(
      'contacts.quota-reached',
      `You have ${most} contacts, the limit of this installation. Delete contacts that you no longer write to, or ask its operator for more (CONTACT_QUOTA).`,
      { most: this.config.CONTACT_QUOTA },
      { kind: 'conflict' },
    );
  }

  /**
   * Call it with the partner's contacts locked. Joins the open transaction.
   * @throws DomainError `import.too-many-waiting`.
   */
  async requireRoomForImport(partnerId: PartnerId): Promise<void> {
    const most = this.config.WAITING_IMPORTS;
    const [row] = await this.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM contacts.contact_import WHERE partner_id = $1 AND status IN ('queued', 'running')`,
      [partnerId],
    );
    if ((row?.count ?? 0) < most) return;
    throw new DomainError(
      'import.too-many-waiting',
      `${most} imports are waiting or running, the limit of an organisation. Wait until one is done, or cancel one.`,
      { most },
      { kind: 'too-many' },
    );
  }
}
