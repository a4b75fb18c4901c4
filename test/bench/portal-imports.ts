import { readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { ContactImport, ContactPage } from '#contracts';
import { Portal, type Visitor } from '../browser/portal.js';
import { freePorts, Standalone } from '../journeys/standalone.js';
import { Person } from '../journeys/person.js';
import { until } from '../support/until.js';
import { PASSWORD, SEATS } from './portal-crowd.js';
import { spreadsheet } from './spreadsheet.js';

export interface ImportFigures {
  readonly rows: number;
  readonly bytes: number;
  /** From the choice of the file until its columns are shown. */
  readonly previewMs: number;
  /** From "Import" until the import has ended. */
  readonly doneMs: number;
  /** Resident bytes of the product's process. */
  readonly memoryBefore: number;
  readonly memoryHighest: number;
  /**
   * The longest time between two frames of the page, from the choice of the
   * file to the end.
   */
  readonly longestStopMs: number;
  /** Milliseconds of another user's request for a contact list meanwhile. */
  readonly besideMs: readonly number[];
  /**
   * From "Cancel the import" of a second import until no more rows are added.
   */
  readonly cancelMs: number;
}

const SIZES = [40_000, 500_000];
const LONGEST_MS = 1_200_000;

/**
 * Imports through the portal on an empty product: time, memory, whether page
 * and requests of others stay fast, and whether it can be cancelled.
 */
export async function measureImports(isQuick: boolean, say: (line: string) => void): Promise<ImportFigures[]> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'));
  const data = join(folder, 'data');
  const standalone = await Standalone.start(data, await freePorts(), { LOG_LEVEL: 'info' });
  const portal = await Portal.before(standalone);
  try {
    const figures: ImportFigures[] = [];
    for (const rows of isQuick ? SIZES.slice(0, 1) : SIZES) {
      say(`an Excel file of ${rows} rows through the portal`);
      const file = join(folder, `crowd-${rows}.csv`);
      writeFileSync(file, spreadsheet(rows, `s${rows}`));
      figures.push(await oneImport(portal, file, rows));
    }
    return figures;
  } finally {
    await portal.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function oneImport(portal: Portal, file: string, rows: number): Promise<ImportFigures> {
  const { standalone } = portal;
  const visitor = await portal.signIn(SEATS.partner);
  const watcher = await Person.signIn(standalone.url, SEATS.partner, PASSWORD);
  const other = await Person.signIn(standalone.url, 'jonas@kessler.example', PASSWORD);
  const memoryBefore = memoryOf(standalone.server.pid);
  await visitor.page.goto('/contacts/import');
  await visitor.page.evaluate(watchFrames);
  const chosenAt = performance.now();
  const id = await begin(visitor, file, `Crowd of ${rows}`);
  const startedAt = performance.now();
  const beside = await beforeTheEnd(watcher, other, id, standalone.server.pid);
  const doneMs = performance.now() - startedAt;
  await visitor.page.getByText('Go to the campaigns').waitFor();
  const longestStopMs = Number(await visitor.page.evaluate('window.longestStopMs'));
  const cancelMs = await cancelAnother(visitor, watcher, file, rows);
  await visitor.leave();
  return {
    rows,
    bytes: readFileSync(file).length,
    previewMs: id.previewedAt - chosenAt,
    doneMs,
    longestStopMs,
    cancelMs,
    memoryBefore,
    memoryHighest: beside.memoryHighest,
    besideMs: beside.ms,
  };
}

/** Stores the longest time between two frames in `window.longestStopMs`. */
const watchFrames = `(() => { let last = performance.now(); window.longestStopMs = 0;
  const look = () => { const now = performance.now(); window.longestStopMs = Math.max(window.longestStopMs, now - last); last = now; requestAnimationFrame(look); };
  requestAnimationFrame(look); })()`;

interface Begun {
  readonly importId: string;
  readonly previewedAt: number;
}

async function begin(visitor: Visitor, file: string, listName: string): Promise<Begun> {
  const { page } = visitor;
  await page.locator('input[type=file]').setInputFiles(file);
  await visitor.heading('Are the columns right?').waitFor();
  const previewedAt = performance.now();
  await page.getByRole('radio').first().check();
  await page.getByLabel('Into which list?').selectOption('new');
  await visitor.field('Name of the new list').fill(listName);
  await visitor.button('Import').click();
  await page.waitForURL(/\/contacts\/import\/[0-9a-f-]{36}$/);
  return { importId: page.url().split('/').at(-1) ?? '', previewedAt };
}

const stateOf = (person: Person, id: string): Promise<ContactImport> =>
  person.call(`contact-imports/${id}`, ContactImport);

async function beforeTheEnd(
  watcher: Person,
  other: Person,
  { importId }: Begun,
  pid: number,
): Promise<{ ms: number[]; memoryHighest: number }> {
  const ms: number[] = [];
  let memoryHighest = 0;
  for (const deadline = performance.now() + LONGEST_MS; performance.now() < deadline;) {
    const { status, failure } = await stateOf(watcher, importId);
    if (status === 'completed') return { ms, memoryHighest };
    if (failure !== null) throw new Error(`The import ended as ${status}: ${failure.message}`);
    const askedAt = performance.now();
    await other.call('contacts', ContactPage);
    ms.push(performance.now() - askedAt);
    memoryHighest = Math.max(memoryHighest, memoryOf(pid));
    await pause(100);
  }
  throw new Error('The import did not come to its end.');
}

/**
 * Imports the same contacts into another list, and stops after the first
 * thousand.
 * @returns milliseconds until no more are added.
 */
async function cancelAnother(visitor: Visitor, watcher: Person, file: string, rows: number): Promise<number> {
  await visitor.page.goto('/contacts/import');
  const { importId } = await begin(visitor, file, `Stopped, of ${rows}`);
  await until(async () => (await stateOf(watcher, importId)).counts.candidates >= 1_000, 'the first rows', 120_000);
  const toldAt = performance.now();
  await visitor.button('Cancel the import').click();
  await until(async () => (await stateOf(watcher, importId)).status === 'cancelled', 'the end of the import');
  const ms = performance.now() - toldAt;
  const { counts } = await stateOf(watcher, importId);
  await pause(1_000);
  const later = await stateOf(watcher, importId);
  if (later.counts.candidates !== counts.candidates)
    throw new Error('Rows were decided after the import was cancelled.');
  return ms;
}

/** Resident bytes of a process (proc(5)). */
function memoryOf(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return z.coerce.number().parse(kilobytes) * 1024;
}
