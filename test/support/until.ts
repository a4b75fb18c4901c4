const SHORTEST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 150;
/** A pause lasts at least so many times as long as the last answer took. */
const PAUSE_PER_ANSWER = 2;

/**
 * Waits until a fact is true, instead of sleeping for a fixed time. The first
 * questions follow each other every 20 ms; later ones wait a tenth of the time
 * so far, or twice the time of the last answer, at most 150 ms: on two cores,
 * questions take processor time from the work that they wait for.
 * @param what names the fact in the error; a function is called only when the
 *   wait ends in vain.
 * @param timeoutMs ends a wait that hangs. It says nothing about speed:
 *   machines are shared.
 * @throws Error when the fact is not true after `timeoutMs`.
 */
export async function until(
  fact: () => Promise<boolean> | boolean,
  what: string | (() => string) = 'the fact',
  timeoutMs = 60_000,
): Promise<void> {
  const startedAt = Date.now();
  for (let askedAt = startedAt; !(await fact()); askedAt = Date.now()) {
    const elapsedMs = Date.now() - startedAt;
    const answerMs = Date.now() - askedAt;
    if (elapsedMs > timeoutMs) {
      const named = typeof what === 'string' ? what : what();
      throw new Error(`Waited ${timeoutMs} ms in vain for ${named}.`);
    }
    const pauseMs = Math.min(
      Math.max(elapsedMs / 10, answerMs * PAUSE_PER_ANSWER, SHORTEST_PAUSE_MS),
      LONGEST_PAUSE_MS,
    );
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
