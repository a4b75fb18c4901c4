import removeSharedFiles from './shared-files.teardown.mjs';

export default async function teardown() {
  const server = globalThis.throughlineTestPostgres;
  if (!server) return;
  delete globalThis.throughlineTestPostgres;
  removeSharedFiles();
  const ended = new Promise((resolve) => server.on('exit', resolve));
  server.send('stop');
  await ended;
}
