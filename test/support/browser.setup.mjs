import { buildPortal, buildServer } from '../../scripts/setup.mjs';
import { makeSeededFolder } from './seeded-folder.mjs';

/** The browser loads the build, so it must match the sources. */
export default async function setup() {
  await buildServer();
  await buildPortal();
  process.env.THROUGHLINE_TEST_SEEDED ??= await makeSeededFolder();
}
