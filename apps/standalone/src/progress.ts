/** Shows that a step is running, and how long it took. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const startedAt = Date.now();
  process.stdout.write(`  ${title} … `);
  const result = await work();
  process.stdout.write(`${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`);
  return result;
}
