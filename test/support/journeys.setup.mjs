import { buildServer } from '../../scripts/setup.mjs';
import startPostgres from './postgres.setup.mjs';
import { makeSeededFolder } from './seeded-folder.mjs';

/** Journeys run the built processes: what they show must be what the sources say now. */
export default async function setup() {
  await buildServer();
  await startPostgres();
  process.env.THROUGHLINE_TEST_SEEDED ??= await makeSeededFolder();
}
