import { BenchStage } from './bench-stage.js';
import { bareSubmissions, bareInserts, bareParse } from './references.js';
import { people, spreadsheet } from './spreadsheet.js';

const ROUNDS = 4;
const PER_ROUND = 5;
const IMPORTS = 3;
const READERS = 50;
const ROWS = 40_000;

export interface LaunchFigures {
  readonly launchesMs: readonly number[];
  readonly launchesBehindImportMs: readonly number[];
  /** How many imports ran during the launches. */
  readonly importsBeside: number;
  readonly importRowsPerSecond: readonly number[];
  readonly submissionsMs: readonly number[];
  readonly parsedRowsPerSecond: number;
  readonly insertedRowsPerSecond: number;
}

/** All measurements of `npm run bench:launch`, in one run of one product. */
export async function measureLaunches(say: (line: string) => void): Promise<LaunchFigures> {
  say('starting the product');
  const stage = await BenchStage.open();
  try {
    say('importing the lists to launch to');
    const lists = await listsOf(stage, 1 + 2 * ROUNDS * PER_ROUND);
    await stage.launch(lists.pop() ?? '');
    const mail = await stage.aMail();
    const launchesMs: number[] = [];
    const launchesBehindImportMs: number[] = [];
    const submissionsMs: number[] = [];
    let importsBeside = 0;
    // Alternating, so that other load affects both alike.
    for (let round = 1; round <= ROUNDS; round += 1) {
      say(`round ${round} of ${ROUNDS}: ${PER_ROUND} launches alone, ${PER_ROUND} beside imports of ${ROWS} rows`);
      launchesMs.push(...(await launches(stage, lists.splice(0, PER_ROUND))));
      submissionsMs.push(...(await bareSubmissions(stage.ports.smtpPort, mail, PER_ROUND)));
      const beside = await besideImports(stage, `round${round}`, () => launches(stage, lists.splice(0, PER_ROUND)));
      launchesBehindImportMs.push(...beside.result);
      importsBeside += beside.imports;
    }
    say(`${IMPORTS} imports of ${ROWS} rows, alone`);
    const importRowsPerSecond: number[] = [];
    for (let at = 0; at < IMPORTS; at += 1) importRowsPerSecond.push(await importSpeed(stage, `alone${at}`));
    return {
      launchesMs,
      launchesBehindImportMs,
      importsBeside,
      importRowsPerSecond,
      submissionsMs,
      parsedRowsPerSecond: await bareParse(spreadsheet(ROWS, 'bare')),
      insertedRowsPerSecond: await bareInserts(stage.data, spreadsheet(ROWS, 'bare')),
    };
  } finally {
    await stage.close();
  }
}

async function listsOf(stage: BenchStage, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const file = Buffer.from(`email\n${people(READERS, `list${at}`).join('\n')}\n`);
    ids.push((await stage.import(stage.launcher, `Readers ${at}`, file)).listId!);
  }
  return ids;
}

async function launches(stage: BenchStage, lists: readonly string[]): Promise<number[]> {
  const figures: number[] = [];
  for (const listId of lists) figures.push(await stage.launch(listId));
  return figures;
}

/** Imports one list after the other until the work is done. */
async function besideImports<T>(
  stage: BenchStage,
  series: string,
  work: () => Promise<T>,
): Promise<{ result: T; imports: number }> {
  let isOver = false;
  let imports = 0;
  const importing = (async () => {
    for (; !isOver; imports += 1) await importSpeed(stage, `${series}-${imports}`);
  })();
  const result = await work().finally(() => {
    isOver = true;
  });
  await importing;
  return { result, imports };
}

/** @returns rows per second, from the upload until the import has ended. */
async function importSpeed(stage: BenchStage, series: string): Promise<number> {
  const file = spreadsheet(ROWS, series);
  const startedAt = performance.now();
  const { counts } = await stage.import(stage.importer, `Crowd ${series}`, file);
  const seconds = (performance.now() - startedAt) / 1000;
  const decided = counts.created + counts.updated + counts.unchanged + counts.rejected;
  if (decided !== ROWS || counts.rejected === 0) throw new Error(`${decided} of ${ROWS} rows were decided.`);
  return ROWS / seconds;
}
