import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database, unnestRows } from '#database';
import {
  type Actor,
  Clock,
  DomainError,
  newId,
  type PartnerActor,
  type SystemActor,
  systemActor,
  type VendorActor,
} from '#kernel';
import { AddressKeys, KEY_VERSION, type KeyScope } from '../address-keys.service.js';
import { editorOf } from '../authority.js';
import { withoutUnsafeCharacters } from '../contact-fields.js';
import { type EmailAddress, type EmailProblem, parseEmail } from '../email-address.js';
import { TextDecoding } from './csv-encoding.js';
import { type CsvFile, inspectCsv } from './csv-file.js';
import { CsvReader, type CsvRow } from './csv-rows.js';

/** A row in which no address could be read. */
interface UnreadableRow {
  /** As a spreadsheet counts. */
  readonly row: number;
  readonly problem: EmailProblem;
  /** The value in the file. */
  readonly value: string;
}

/** Counts of an opt-out import. */
export interface OptOutImport {
  readonly rows: number;
  /** Addresses that are suppressed now, whether or not they were before. */
  readonly suppressed: number;
  readonly unreadable: readonly UnreadableRow[];
}

/** What a list would be read as. */
export interface OptOutPreview {
  readonly file: CsvFile;
  readonly rows: number;
  readonly addresses: number;
  readonly unreadable: readonly UnreadableRow[];
}

/** The request is read at once, while the caller waits. */
export const MAX_OPT_OUT_BYTES = 10 * 1024 * 1024;
/** Addresses whose keys are derived and written in one go. */
const PAGE = 1_000;
const SHOWN_CHARS = 100;

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
    const { addresses, ...read } = await readAddresses(file, column);
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
    return this.importAddresses(actor, actor, await readAddresses(file, column), async (page) => {
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
    return this.importAddresses(
      actor,
      systemActor('opt-outs', { vendorId }),
      await readAddresses(file, column),
      (page) => this.writeKeyed({ kind: 'vendor', vendorId }, page),
    );
  }

  /**
   * Imports opt-outs for every mail of the installation, as keyed hashes.
   * @throws DomainError as `forPartner`.
   */
  async forPlatform(actor: SystemActor, file: Buffer): Promise<OptOutImport> {
    return this.importAddresses(actor, actor, await readAddresses(file, null), (page) =>
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
    { rows, addresses, unreadable }: ReadList,
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
        details: { rows, suppressed: addresses.length, unreadable: unreadable.length },
      });
    });
    return { rows, suppressed: addresses.length, unreadable };
  }
}

interface ReadList {
  readonly file: CsvFile;
  readonly rows: number;
  readonly addresses: readonly EmailAddress[];
  readonly unreadable: readonly UnreadableRow[];
}

/**
 * Each address once, in file order.
 * Yields to the event loop during a long list.
 */
async function readAddresses(bytes: Buffer, column: number | null): Promise<ReadList> {
  if (bytes.length > MAX_OPT_OUT_BYTES)
    throw new DomainError(
      'import.opt-outs-too-large',
      'A list of people who opted out may have at most 10 MB. Split it into several files; each adds to the others.',
      { field: 'file', bytes: bytes.length },
      { kind: 'too-large' },
    );
  const file = inspectCsv(bytes, column === null ? null : { email: column });
  const { encoding, dialect, columns, hasHeader } = file;
  const decoding = new TextDecoding(encoding);
  const reader = new CsvReader(dialect);
  const found = new Map<string, EmailAddress>();
  const unreadable: UnreadableRow[] = [];
  // A heading is the first row, and no address.
  let rows = hasHeader ? -1 : 0;
  const take = (piece: readonly CsvRow[]): void => {
    for (const { number, cells } of piece) {
      rows += 1;
      if (rows === 0) continue;
      const cell = cells[columns.email ?? 0] ?? '';
      const address = parseEmail(cell);
      if (typeof address === 'string')
        unreadable.push({ row: number, problem: address, value: withoutUnsafeCharacters(cell).slice(0, SHOWN_CHARS) });
      else found.set(address.normalised, address);
    }
  };
  for (const piece of reader.push(decoding.decode(bytes) + decoding.flush())) {
    take(piece);
    await nextTurn();
  }
  take(reader.flush());
  return { file, rows, addresses: [...found.values()], unreadable };
}
