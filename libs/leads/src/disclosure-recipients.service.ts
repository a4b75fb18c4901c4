import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { Accounts, requirePermission, type TeamMember, VENDOR_PERMISSIONS } from '#identity';
import { Clock, DomainError, type SystemActor, type UserId, type VendorActor, type VendorId } from '#kernel';
import type { Audience } from '#notifications';

/** Who of a vendor is told by e-mail of leads that partners share with it. */
@Injectable()
export class DisclosureRecipients {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly accounts: Accounts,
  ) {}

  /** The chosen user, and all users who may read shared leads. */
  async get(actor: VendorActor): Promise<{ userId: UserId | null; candidates: readonly TeamMember[] }> {
    requirePermission(actor, 'disclosures.read');
    return this.database.inTransaction(actor, async () => {
      const candidates = await this.candidates(actor, actor.vendorId);
      const chosen = await this.chosen(actor.vendorId);
      return { userId: candidates.some(({ id }) => id === chosen) ? chosen : null, candidates };
    });
  }

  /**
   * @param userId null: the owners.
   * @throws DomainError `disclosure-recipient.role` for a user who may not read
   *   shared leads, or who is not in the team.
   */
  async choose(actor: VendorActor, userId: UserId | null): Promise<void> {
    requirePermission(actor, 'disclosure-recipient.edit');
    await this.database.inTransaction(actor, async () => {
      const candidates = await this.candidates(actor, actor.vendorId);
      if (userId !== null && !candidates.some(({ id }) => id === userId))
        throw new DomainError(
          'disclosure-recipient.role',
          'This person may not read shared leads. Choose an owner or a marketer of your team.',
          { field: 'userId' },
        );
      await this.store(actor, userId);
      await this.audit.record(actor, {
        action: 'disclosure-recipient.changed',
        subject: { kind: 'vendor', id: actor.vendorId },
        details: { userId },
      });
    });
  }

  /**
   * The readers of a notice: the chosen user, or the owners if none is chosen,
   * or if that user may not read shared leads any more.
   */
  private async readers(actor: SystemActor, vendorId: VendorId): Promise<readonly TeamMember[]> {
    const candidates = await this.candidates(actor, vendorId);
    const chosen = await this.chosen(vendorId);
    const reader = candidates.find(({ id }) => id === chosen);
    return reader === undefined ? candidates.filter(({ role }) => role === 'owner') : [reader];
  }

  /** Who of the vendor may see what partners share, and who is mailed without having chosen so. */
  async audience(actor: SystemActor, vendorId: VendorId): Promise<Audience> {
    const readers = new Set((await this.readers(actor, vendorId)).map(({ id }) => id));
    const mayRead: readonly string[] = VENDOR_PERMISSIONS['disclosures.read'];
    return {
      includes: ({ role }) => mayRead.includes(role),
      byDefault: ({ id }) => (readers.has(id) ? 'concerned' : null),
      mailbox: null,
    };
  }

  private async candidates(actor: VendorActor | SystemActor, vendorId: VendorId): Promise<readonly TeamMember[]> {
    const roles: readonly string[] = VENDOR_PERMISSIONS['disclosures.read'];
    return (await this.accounts.team(actor, vendorId)).filter(({ role }) => roles.includes(role));
  }

  private async chosen(vendorId: VendorId): Promise<UserId | null> {
    const [row] = await this.database.query<{ userId: UserId }>(
      'SELECT user_id FROM leads.disclosure_recipient WHERE vendor_id = $1',
      [vendorId],
    );
    return row?.userId ?? null;
  }

  private async store({ vendorId, name }: VendorActor, userId: UserId | null): Promise<void> {
    if (userId === null) {
      await this.database.query('DELETE FROM leads.disclosure_recipient WHERE vendor_id = $1', [vendorId]);
      return;
    }
    await this.database.query(
      `INSERT INTO leads.disclosure_recipient (vendor_id, user_id, changed_by, changed_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (vendor_id) DO UPDATE SET user_id = excluded.user_id, changed_by = excluded.changed_by,
         changed_at = excluded.changed_at`,
      [vendorId, userId, name, this.clock.now()],
    );
  }
}
