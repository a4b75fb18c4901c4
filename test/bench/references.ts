import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import Papa from 'papaparse';
import pg from 'pg';
import { databasePassword } from '../../scripts/database-password.mjs';
import { dataFolder } from '../../scripts/postgres-server.mjs';
import { timed } from './figures.js';

const CHUNK_ROWS = 500;

/**
 * Milliseconds from this process until the mailbox has accepted a mail, each on
 * a new connection.
 */
export async function bareSubmissions(smtpPort: number, mail: Buffer, times: number): Promise<number[]> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: smtpPort, ignoreTLS: true });
  const figures: number[] = [];
  for (let at = 0; at < times; at += 1) {
    const envelope = { from: 'bench@throughline.example', to: 'reader@crowd.example' };
    figures.push((await timed(() => transport.sendMail({ envelope, raw: mail }))).ms);
  }
  transport.close();
  return figures;
}

/** Rows per second that Papa parses, doing nothing else. */
export async function bareParse(file: Buffer): Promise<number> {
  const { ms, result } = await timed(async () => Papa.parse<string[]>(file.toString('utf8'), { delimiter: ';' }).data);
  return (result.length * 1000) / ms;
}

/**
 * Rows per second that the same PostgreSQL inserts into a table with one unique
 * index, in chunks of the size of an import.
 */
export async function bareInserts(data: string, file: Buffer): Promise<number> {
  const port = readFileSync(join(dataFolder(join(data, 'postgres')), 'postmaster.pid'), 'utf8').split('\n')[3];
  const client = new pg.Client({
    connectionString: `postgres://postgres:${databasePassword(join(data, 'postgres'))}@127.0.0.1:${port}/throughline`,
  });
  await client.connect();
  try {
    const rows = Papa.parse<string[]>(file.toString('utf8'), { delimiter: ';' }).data;
    await client.query(
      'CREATE TABLE public.bench (email text PRIMARY KEY, a text, b text, c text, d text, e text, f text)',
    );
    const { ms } = await timed(() => insertAll(client, rows));
    return (rows.length * 1000) / ms;
  } finally {
    await client.query('DROP TABLE IF EXISTS public.bench');
    await client.end();
  }
}

async function insertAll(client: pg.Client, rows: readonly (readonly string[])[]): Promise<void> {
  for (let at = 0; at < rows.length; at += CHUNK_ROWS) {
    const chunk = rows.slice(at, at + CHUNK_ROWS);
    const columns = Array.from({ length: 7 }, (_, column) => chunk.map((row) => row[column] ?? null));
    await client.query(
      `INSERT INTO public.bench SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
       AS row (email) WHERE email IS NOT NULL ON CONFLICT DO NOTHING`,
      columns,
    );
  }
}
