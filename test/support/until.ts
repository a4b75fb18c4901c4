/** Waits on a fact, not on time. @throws Error when it does not come true within `timeoutMs`. */
export async function until(
  fact: () => Promise<boolean> | boolean,
  timeoutMs = 15_000,
  what = 'the fact',
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await fact())) {
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
