import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { csvLines } from '#contacts';
import { Database } from '#database';
import type { PartnerActor, VendorActor } from '#kernel';
import { BlobStore } from '#storage';
import type { ExportArchive } from './export-archive.js';

/** Rows per page: some hundred kilobytes. */
const PAGE = 500;

const README = `Everything that your organisation holds in Throughline.

*.jsonl     one table each, one JSON object per line (https://jsonlines.org)
contacts.csv  contacts for a spreadsheet; the file of JSON lines has all columns
files/      logos, documents and campaign packages, named by their SHA-256 hash
manifest.json  how many rows each table has

Passwords, keys and other secrets are left out.
`;

type Owner = VendorActor | PartnerActor;

/** A table of the export: libs/database/functions/privacy.export_source.sql. */
interface Source {
  readonly name: string;
  /** Column with hashes of files in storage. */
  readonly fileColumn: string | null;
  /** Columns of the file for spreadsheets; null: there is none. */
  readonly csvColumns: readonly string[] | null;
}

/** Reads everything that an organisation holds, in its own scope. */
@Injectable()
export class OrganisationExportWriter {
  constructor(
    private readonly database: Database,
    private readonly blobs: BlobStore,
  ) {}

  /** The tables of a side. Files are one more part. */
  async sources({ kind }: Owner): Promise<Source[]> {
    return this.database.query<Source>(
      `SELECT s.name, c.file_column, c.csv_columns
       FROM privacy.export_source() s LEFT JOIN privacy.export_columns() c ON c.name = s.name
       WHERE s.side = $1 ORDER BY s.name`,
      [kind],
    );
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
      const count = await this.writeTable(owner, archive, source, hashes);
      counts[source.name] = count;
      rows += count;
      await onPart(at + 1, rows);
    }
    for (const hash of hashes)
      if (await this.blobs.has(hash)) await archive.addFile(`files/${hash}`, (await this.blobs.stream(hash)).stream);
    await archive.add('manifest.json', (write) => write(`${JSON.stringify({ rows: counts }, null, 2)}\n`));
    await onPart(sources.length + 1, rows);
  }

  private async writeTable(
    owner: Owner,
    archive: ExportArchive,
    { name: source, fileColumn, csvColumns }: Source,
    hashes: Set<string>,
  ): Promise<number> {
    let count = 0;
    await archive.add(`${source}.jsonl`, (write) =>
      this.eachPage(owner, source, async (lines) => {
        count += lines.length;
        if (fileColumn !== null) for (const hash of valuesIn(lines, fileColumn)) hashes.add(hash);
        await write(`${lines.join('\n')}\n`);
      }),
    );
    if (csvColumns !== null)
      await archive.add('contacts.csv', async (write) => {
        // The byte order mark tells Excel that the file is UTF-8.
        await write(`\ufeff${csvLines([csvColumns])}`);
        await this.eachPage(owner, source, (lines) => write(csvLines(lines.map(rowOf(csvColumns)))));
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

const rowOf =
  (columns: readonly string[]) =>
  (line: string): string[] => {
    const row = parsed(line);
    return columns.map((column) => {
      const value = row[column];
      return typeof value === 'string' ? value : '';
    });
  };
