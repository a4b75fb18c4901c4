import { parentPort } from 'node:worker_threads';
import { messageOf } from '#kernel';
import { compileInThread, type MasterInput } from './compile.js';

/** A separate thread for MJML, which blocks its thread. */
parentPort?.on('message', ({ id, input }: { id: number; input: MasterInput }) => {
  compileInThread(input).then(
    (compiled) => parentPort?.postMessage({ id, compiled }),
    (error: unknown) => parentPort?.postMessage({ id, error: messageOf(error) }),
  );
});
