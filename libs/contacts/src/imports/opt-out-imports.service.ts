import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database, unnestRows } from '#database';
import { type Actor, Clock, newId, type PartnerActor, type SystemActor, systemActor, type VendorActor } from '#kernel';
import { AddressKeys, KEY_VERSION, type KeyScope } from '../address-keys.service.js';
import { editorOf } from '../authority.js';
import type { EmailAddress } from '#contracts';
import type { CsvFile } from './csv-file.js';
import { readOptOuts } from './list-task.js';
import type { ReadList, UnreadableRow } from './opt-out-list.js';

/** Counts of an opt-out import. */
export interface OptOutImport {
  readonly rows: number;
  /** Addresses that are suppressed now, whether or not they were before. */
  readonly suppressed: number;
  readonly unreadable: readonly UnreadableRow[];
  /** All unreadable rows; `unreadable` has the first ones. */
  readonly unreadableRows: number;
}

/** What a list would be read as. */
export interface OptOutPreview {
  readonly file: CsvFile;
  readonly rows: number;
  readonly addresses: number;
  readonly unreadable: readonly UnreadableRow[];
  /** All unreadable rows; `unreadable` has the first ones. */
  readonly unreadableRows: number;
}

/** Addresses whose keys are derived and written in one go. */
const PAGE = 1_000;

/**
 * Imports opt-outs from elsewhere: into a partner's list, or as keyed hashes
 * into a vendor's.
 */
@Injectable()
export class OptOutImports {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly keys: AddressKeys,
  ) {}

  /**
   * Reads a list to its end and stores nothing.
   * @throws DomainError as `forPartner`.
   */
  async preview(file: Buffer, column: number | null): Promise<OptOutPreview> {
    const { addresses, ...read } = await readOptOuts(file, column);
    return { ...read, addresses: addresses.length };
  }

  /**
   * All rows or none.
   * @param column the address column, from 0; null: detected.
   * @throws DomainError as `inspectCsv`, `import.quote-not-closed`; nothing is
   *   imported then.
   */
  async forPartner(actor: PartnerActor, file: Buffer, column: number | null = null): Promise<OptOutImport> {
    const partnerId = editorOf(actor);
    return this.importAddresses(actor, actor, await readOptOuts(file, column), async (page) => {
      const optOuts = unnestRows(
        page,
        {
          id: ['uuid', () => newId()],
          key: [
            'text',
            ({ normalised }) => this.keys.keyOf({ kind: 'partner', partnerId }, normalised).toString('hex'),
          ],
          email: 'text',
        },
        [partnerId, KEY_VERSION, this.clock.now()],
      );
      await this.database.query(
        `INSERT INTO contacts.suppression (id, partner_id, key_version, email_key, email, reason, source, suppressed_at)
         SELECT id, $1, $2, decode(key, 'hex'), email, 'requested', 'staff', $3 FROM ${optOuts.from}
         ON CONFLICT (partner_id, key_version, email_key) DO NOTHING`,
        optOuts.parameters,
      );
    });
  }

  /**
   * Imports opt-outs for every partner's mail about the vendor. No user can
   * read them afterwards. The result has no count of earlier ones: it would
   * reveal what contacts told a partner.
   * @throws DomainError as `forPartner`.
   */
  async forVendor(actor: VendorActor, file: Buffer, column: number | null = null): Promise<OptOutImport> {
    const { vendorId } = actor;
    return this.importAddresses(actor, systemActor('opt-outs', { vendorId }), await readOptOuts(file, column), (page) =>
      this.writeKeyed({ kind: 'vendor', vendorId }, page),
    );
  }

  /**
   * Imports opt-outs for every mail of the installation, as keyed hashes.
   * @throws DomainError as `forPartner`.
   */
  async forPlatform(actor: SystemActor, file: Buffer): Promise<OptOutImport> {
    return this.importAddresses(actor, actor, await readOptOuts(file, null), (page) =>
      this.writeKeyed({ kind: 'platform' }, page),
    );
  }

  private async writeKeyed(
    scope: Exclude<KeyScope, { kind: 'partner' }>,
    page: readonly EmailAddress[],
  ): Promise<void> {
    const vendorId = scope.kind === 'vendor' ? scope.vendorId : null;
    const optOuts = unnestRows(
      page,
      {
        id: ['uuid', () => newId()],
        key: ['text', ({ normalised }) => this.keys.keyOf(scope, normalised).toString('hex')],
      },
      [scope.kind, vendorId, KEY_VERSION, this.clock.now()],
    );
    await this.database.query(
      `INSERT INTO contacts.keyed_suppression (id, scope, vendor_id, key_version, email_key, reason, source, suppressed_at)
       SELECT id, $1, $2, $3, decode(key, 'hex'), 'requested', 'staff', $4 FROM ${optOuts.from}
       ON CONFLICT DO NOTHING`,
      optOuts.parameters,
    );
  }

  /**
   * @param actor the acting user, for the audit log.
   * @param scope of the written rows.
   */
  private async importAddresses(
    actor: Actor,
    scope: Actor,
    { rows, addresses, unreadable, unreadableRows }: ReadList,
    write: (page: readonly EmailAddress[]) => Promise<void>,
  ): Promise<OptOutImport> {
    await this.database.inTransaction(scope, async () => {
      for (let at = 0; at < addresses.length; at += PAGE) {
        await write(addresses.slice(at, at + PAGE));
        await nextTurn();
      }
      await this.audit.record(actor, {
        action: 'opt-outs.imported',
        subject: {
          kind: actor.kind === 'system' ? 'platform' : 'organisation',
          id: actor.kind === 'system' ? actor.name : actor.kind === 'vendor' ? actor.vendorId : actor.partnerId,
        },
        details: { rows, suppressed: addresses.length, unreadable: unreadableRows },
      });
    });
    return { rows, suppressed: addresses.length, unreadable, unreadableRows };
  }
}
