/**
 * Waits on a fact, not on time.
 * @param what it is; asked at the end, where only then it can be told.
 * @param timeoutMs finds what hangs and says nothing about speed: machines are shared.
 * @throws Error when it does not come true until then.
 */
export async function until(
  fact: () => Promise<boolean> | boolean,
  what: string | (() => string) = 'the fact',
  timeoutMs = 60_000,
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
