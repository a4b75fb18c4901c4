import { parentPort, workerData } from 'node:worker_threads';
import { SMTPServer } from 'smtp-server';
import type { PastMailServer } from './past-mail.js';

/** Time for a client to leave a server that ends. */
const LEAVE_MS = 200;

const { port, address } = workerData as PastMailServer;
const server = new SMTPServer({
  disabledCommands: ['STARTTLS', 'AUTH'],
  closeTimeout: LEAVE_MS,
  onData(stream, _session, done) {
    stream.resume().once('end', () => done());
  },
});
const fail = (error: Error): never => {
  throw error;
};
server.once('error', fail);
server.listen(port, address, () => {
  server.off('error', fail);
  // A client that breaks its connection is no problem of ours.
  server.on('error', () => undefined);
  parentPort?.postMessage('listening');
});
// The thread ends with its last connection.
parentPort?.once('message', () => server.close());
