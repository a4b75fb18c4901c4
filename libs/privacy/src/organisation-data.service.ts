import { Injectable } from '@nestjs/common';
import { DeletedContacts, type LeavingContact } from '#contacts';
import { Database } from '#database';
import { Clock, type SystemActor, systemActor, type VendorId } from '#kernel';
import { Disclosures } from '#leads';
import { Memberships } from '#organisations';
import type { OrganisationDeletion, OrganisationDeletionId } from './organisation-deletions.service.js';

/** Contacts of one transaction: about half a second. */
const CONTACTS = 500;
/** Rows of one transaction. */
const ROWS = 2_000;
const PARTNERS = 200;

/** A table of the deletion: libs/database/functions/privacy.deletion_source.sql. */
interface Source {
  readonly place: string;
}

/**
 * Deletes the data of an organisation, page by page. Each page is a transaction,
 * and what is gone is not found again: after a crash it goes on where it was.
 */
@Injectable()
export class OrganisationData {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly memberships: Memberships,
    private readonly contacts: DeletedContacts,
    private readonly disclosures: Disclosures,
  ) {}

  /** @returns how many contacts and rows it has found. */
  async erase(actor: SystemActor, deletion: OrganisationDeletion): Promise<number> {
    const contacts = deletion.side === 'partner' ? await this.eraseContacts(actor, deletion) : 0;
    return contacts + (await this.eraseRows(actor, deletion));
  }

  /** Contacts of a partner, with all that depends on them. */
  private async eraseContacts(
    actor: SystemActor,
    { id, organisationId: partnerId }: OrganisationDeletion,
  ): Promise<number> {
    let total = 0;
    for (let found = CONTACTS; found === CONTACTS; total += found)
      found = await this.database.inTransaction(actor, async () => {
        const page = await this.database.query<LeavingContact>(
          `SELECT c.id, coalesce(w.vendor_ids, '{}') AS vendor_ids
           FROM (SELECT id FROM contacts.contact_view WHERE partner_id = $1 ORDER BY id LIMIT $2) c
           LEFT JOIN LATERAL (SELECT array_agg(DISTINCT m.vendor_id) AS vendor_ids FROM delivery.message_view m
             WHERE m.contact_id = c.id) w ON true`,
          [partnerId, CONTACTS],
        );
        await this.contacts.delete(actor, page);
        await this.recordPage(id);
        return page.length;
      });
    return total;
  }

  /** What partners have disclosed to the vendor, in the scope of each. */
  async revokeDisclosures(vendorId: VendorId): Promise<void> {
    const actor = systemActor('organisation-deletion', { vendorId });
    for (let afterId: string | null = null; ;) {
      const page = await this.memberships.list(actor, { limit: PARTNERS, afterId });
      for (const { partnerId } of page) {
        const inPartner = systemActor('organisation-deletion', { partnerId });
        await this.database.inTransaction(inPartner, () => this.disclosures.revokeAllTo(inPartner, vendorId));
      }
      if (page.length < PARTNERS) return;
      afterId = page.at(-1)?.id ?? null;
    }
  }

  /** All other tables: libs/database/functions/privacy.deletion_source.sql. */
  private async eraseRows(actor: SystemActor, { id, side, organisationId }: OrganisationDeletion): Promise<number> {
    let total = 0;
    const sources = await this.database.inTransaction(actor, () =>
      this.database.query<Source>('SELECT place FROM privacy.deletion_source() WHERE side = $1 ORDER BY place', [side]),
    );
    for (const { place } of sources)
      for (let erased = ROWS; erased === ROWS; total += erased)
        erased = await this.database.inTransaction(actor, async () => {
          const [row] = await this.database.query<{ n: number }>('SELECT privacy.delete_rows($1, $2, $3, $4) AS n', [
            organisationId,
            side,
            place,
            ROWS,
          ]);
          await this.recordPage(id);
          return row?.n ?? 0;
        });
    return total;
  }

  /** So that `OrganisationDeletions.beginDue` sees that its job goes on. */
  private async recordPage(id: OrganisationDeletionId): Promise<void> {
    await this.database.query('UPDATE privacy.organisation_deletion SET active_at = $2 WHERE id = $1', [
      id,
      this.clock.now(),
    ]);
  }
}
