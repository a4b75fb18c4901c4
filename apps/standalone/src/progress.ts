/**
 * Shows that a step is running, with its seconds on a terminal, and how long it
 * took.
 */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const startedAt = Date.now();
  const seconds = (): number => (Date.now() - startedAt) / 1000;
  process.stdout.write(`  ${title} … `);
  const counter = process.stdout.isTTY
    ? setInterval(() => process.stdout.write(`\r  ${title} … ${Math.floor(seconds())} s `), 1_000)
    : null;
  try {
    const result = await work();
    process.stdout.write(`${counter === null ? '' : `\r  ${title} … `}${seconds().toFixed(1)} s\n`);
    return result;
  } finally {
    if (counter !== null) clearInterval(counter);
  }
}
