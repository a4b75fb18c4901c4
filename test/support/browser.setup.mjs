import { buildPortal, buildServer } from '../../scripts/setup.mjs';

/** The browser sees what is built: it must be what the sources say now. */
export default async function setup() {
  await buildServer();
  await buildPortal();
}
