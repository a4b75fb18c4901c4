/**
 * Waits on a fact, not on time.
 * @param what it is; asked at the end, where only then it can be told.
 * @throws Error when it does not come true within `timeoutMs`.
 */
export async function until(
  fact: () => Promise<boolean> | boolean,
  timeoutMs = 15_000,
  what: string | (() => string) = 'the fact',
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await fact())) {
    if (Date.now() > deadline) {
      const named = typeof what === 'string' ? what : what();
      throw new Error(`Waited ${timeoutMs} ms in vain for ${named}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
