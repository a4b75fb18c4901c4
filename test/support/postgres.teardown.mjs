export default async function teardown() {
  await globalThis.throughlineTestPostgres?.stop();
  delete globalThis.throughlineTestPostgres;
}
