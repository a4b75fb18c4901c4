import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { DomainError } from '#kernel';

const WORKER = new URL('./guess-password.worker.js', import.meta.url);
const TIMEOUT_MS = 10_000;
const MAX_HEAP_MB = 256;

let last: Promise<unknown> = Promise.resolve();

/**
 * Whether a password is easy to guess. The word lists take 60 MB and 400 ms to
 * load, so that each check has a thread of its own, which ends with it: people
 * seldom choose a password. One check runs at a time.
 * @throws DomainError `password.unchecked` if the check takes too long.
 */
export async function isEasyToGuess(password: string, personal: readonly string[]): Promise<boolean> {
  const check = last.then(() => checkInThread(password, personal));
  last = check.catch(() => undefined);
  return check;
}

/** Tests run from sources, without a compiled worker file. */
async function checkInThread(password: string, personal: readonly string[]): Promise<boolean> {
  if (!existsSync(fileURLToPath(WORKER))) {
    const { isGuessed } = await import('./guess-password.js');
    return isGuessed(password, personal);
  }
  const worker = new Worker(WORKER, {
    workerData: { password, personal },
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  try {
    return await answerOf(worker);
  } finally {
    await worker.terminate();
  }
}

const answerOf = (worker: Worker): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const tooSlow = new DomainError(
      'password.unchecked',
      'The password could not be checked. Try again in a minute.',
      {},
      { kind: 'unavailable' },
    );
    const timer = setTimeout(() => reject(tooSlow), TIMEOUT_MS);
    worker.once('message', (isGuessed: boolean) => resolve(isGuessed));
    worker.once('error', reject);
    worker.once('exit', () => clearTimeout(timer));
  });
