export default async function teardown() {
  const server = globalThis.throughlineTestPostgres;
  if (!server) return;
  delete globalThis.throughlineTestPostgres;
  const ended = new Promise((resolve) => server.on('exit', resolve));
  server.send('stop');
  await ended;
}
