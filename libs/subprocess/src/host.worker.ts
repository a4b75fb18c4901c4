import { pathToFileURL } from 'node:url';
import { type FromSubprocess, receivedError, sentError, type Settled, type ToSubprocess } from './messages.js';
import { runTasksInParent, type TaskModule } from './task.js';

/** The main module of a subprocess. Argument: the module of the task. */

// The parent ends its subprocesses; a key of the terminal reaches them, too.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit(0));

const send = (message: FromSubprocess): void => {
  process.send?.(message);
};

interface Asked {
  readonly task: string;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
}
const asked = new Map<number, Asked>();
let calls = 0;
runTasksInParent(
  (task, input) =>
    new Promise((resolve, reject) => {
      const call = ++calls;
      asked.set(call, { task, resolve, reject });
      send({ kind: 'call', call, task, input });
    }),
);

function answer(call: number, settled: Settled): void {
  const waiting = asked.get(call);
  asked.delete(call);
  if (settled.ok) waiting?.resolve(settled.output);
  else waiting?.reject(receivedError(waiting.task, settled.error));
}

const [, , file = ''] = process.argv;
const module = (await import(pathToFileURL(file).href)) as TaskModule<unknown, unknown>;
await module.warmUp?.();

async function run(input: unknown): Promise<void> {
  try {
    send({ kind: 'done', settled: { ok: true, output: await module.run(input) } });
  } catch (error) {
    send({ kind: 'done', settled: { ok: false, error: sentError(error) } });
  }
}

process.on('message', (message: ToSubprocess) => {
  if (message.kind === 'run') void run(message.input);
  else answer(message.call, message.settled);
});
send({ kind: 'ready' });
