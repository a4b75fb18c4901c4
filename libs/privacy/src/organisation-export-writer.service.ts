import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { csvLines } from '#contacts';
import { Database } from '#database';
import type { PartnerActor, VendorActor } from '#kernel';
import { BlobStore } from '#storage';
import type { ExportArchive } from './export-archive.js';

/** Rows per page: some hundred kilobytes. */
const PAGE = 500;

/** Columns with hashes of files in storage. */
const FILE_COLUMNS: Readonly<Record<string, string>> = {
  'brand.logo': 'original_hash',
  'activations.asset': 'blob_hash',
  'campaigns.campaign_version': 'package_hash',
  'campaigns.draft_file': 'upload_hash',
};

const CONTACTS = 'contacts.contact';
const CONTACT_COLUMNS = [
  'email',
  'salutation',
  'first_name',
  'last_name',
  'company',
  'phone',
  'country',
  'language',
  'time_zone',
  'industry',
  'persona',
  'stage',
  'segment',
  'consent_basis',
  'created_at',
] as const;

const README = `Everything that your organisation holds in Throughline.

*.jsonl     one table each, one JSON object per line (https://jsonlines.org)
contacts.csv  contacts for a spreadsheet; contacts.contact.jsonl has all columns
files/      logos, documents and campaign packages, named by their SHA-256 hash
manifest.json  how many rows each table has

Passwords, keys and other secrets are left out.
`;

type Owner = VendorActor | PartnerActor;

/** Reads everything that an organisation holds, in its own scope. */
@Injectable()
export class OrganisationExportWriter {
  constructor(
    private readonly database: Database,
    private readonly blobs: BlobStore,
  ) {}

  /** The tables of a side. Files are one more part. */
  async sources({ kind }: Owner): Promise<string[]> {
    const found = await this.database.query<{ name: string }>(
      'SELECT name FROM privacy.export_source() WHERE side = $1 ORDER BY name',
      [kind],
    );
    return found.map(({ name }) => name);
  }

  /**
   * Writes all entries.
   * @param onPart called after each part, outside a transaction.
   */
  async write(
    owner: Owner,
    archive: ExportArchive,
    onPart: (partsDone: number, rows: number) => Promise<void>,
  ): Promise<void> {
    const sources = await this.database.inTransaction(owner, () => this.sources(owner));
    const counts: Record<string, number> = {};
    const hashes = new Set<string>();
    let rows = 0;
    await archive.add('README.txt', (write) => write(README));
    for (const [at, source] of sources.entries()) {
      counts[source] = await this.writeTable(owner, archive, source, hashes);
      rows += counts[source];
      await onPart(at + 1, rows);
    }
    for (const hash of hashes)
      if (await this.blobs.has(hash)) await archive.addFile(`files/${hash}`, (await this.blobs.stream(hash)).stream);
    await archive.add('manifest.json', (write) => write(`${JSON.stringify({ rows: counts }, null, 2)}\n`));
    await onPart(sources.length + 1, rows);
  }

  private async writeTable(owner: Owner, archive: ExportArchive, source: string, hashes: Set<string>): Promise<number> {
    const fileColumn = FILE_COLUMNS[source];
    let count = 0;
    await archive.add(`${source}.jsonl`, (write) =>
      this.eachPage(owner, source, async (lines) => {
        count += lines.length;
        if (fileColumn !== undefined) for (const hash of valuesIn(lines, fileColumn)) hashes.add(hash);
        await write(`${lines.join('\n')}\n`);
      }),
    );
    if (source === CONTACTS)
      await archive.add('contacts.csv', async (write) => {
        // The byte order mark tells Excel that the file is UTF-8.
        await write(`\ufeff${csvLines([CONTACT_COLUMNS])}`);
        await this.eachPage(owner, source, (lines) => write(csvLines(lines.map(contactRow))));
      });
    return count;
  }

  /** One transaction per table: a snapshot of all would hold back vacuum. */
  private async eachPage(owner: Owner, source: string, onPage: (lines: string[]) => Promise<void>): Promise<void> {
    const organisationId = owner.kind === 'vendor' ? owner.vendorId : owner.partnerId;
    await this.database.inTransaction(owner, async () => {
      await this.database.query('SELECT privacy.open_export($1, $2, $3)', [owner.kind, source, organisationId]);
      for (;;) {
        const page = await this.database.query<{ line: string }>(`FETCH ${PAGE} FROM export`);
        if (page.length === 0) return;
        await onPage(page.map(({ line }) => line));
      }
    });
  }
}

const Line = z.record(z.string(), z.unknown());
const parsed = (line: string): Readonly<Record<string, unknown>> => Line.parse(JSON.parse(line));

const valuesIn = (lines: readonly string[], column: string): string[] =>
  lines.map((line) => parsed(line)[column]).filter((value) => typeof value === 'string');

function contactRow(line: string): string[] {
  const row = parsed(line);
  return CONTACT_COLUMNS.map((column) => {
    const value = row[column];
    return typeof value === 'string' ? value : '';
  });
}
