import { buildPortal, buildServer } from '../../scripts/setup.mjs';
import { makeSeededFolder } from './seeded-folder.mjs';

/** The browser sees what is built: it must be what the sources say now. */
export default async function setup() {
  await buildServer();
  await buildPortal();
  process.env.THROUGHLINE_TEST_SEEDED = await makeSeededFolder();
}
