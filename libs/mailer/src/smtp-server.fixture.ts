import { type AddressInfo, createServer, type Socket } from 'node:net';
import { SmtpTransport } from './index.js';
import type { SmtpTimeouts } from './smtp-channel.adapter.js';

/** What a scripted server does when it comes to a point of the conversation; a string is its answer. */
export interface Script {
  readonly greeting?: string;
  readonly extensions?: readonly string[];
  readonly mail?: string;
  readonly recipient?: string;
  readonly data?: string;
  /** After so many bytes of the message. */
  readonly inData?: { readonly afterBytes: number; readonly then: 'drop' | 'hang' };
  readonly dot?: string | { readonly then: 'drop' | 'hang' };
}

export interface Scripted {
  readonly transport: SmtpTransport;
  /** Messages whose end it has seen, as they came over the wire. */
  readonly received: string[];
  readonly connections: () => number;
}

/** An SMTP server that misbehaves by a script: what no well-made server can be asked to do. */
export async function withScriptedServer(
  script: Script,
  work: (server: Scripted) => Promise<void>,
  timeouts: Partial<SmtpTimeouts> = { connectMs: 500, answerMs: 500, dotMs: 500 },
): Promise<void> {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    converse(socket, script, received);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  const transport = new SmtpTransport({ url: `smtp://127.0.0.1:${port}`, connections: 2, timeouts });
  try {
    await work({ transport, received, connections: () => connections });
  } finally {
    await transport.close();
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}

function converse(socket: Socket, script: Script, received: string[]): void {
  let text = '';
  let inData = false;
  const say = (line: string): void => void socket.write(`${line}\r\n`);
  say(script.greeting ?? '220 ready');
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    for (;;) {
      if (inData) {
        if (script.inData !== undefined && text.length >= script.inData.afterBytes) {
          if (script.inData.then === 'drop') socket.destroy();
          return;
        }
        const end = text.startsWith('.\r\n') ? 0 : text.indexOf('\r\n.\r\n') + 2;
        if (end === 1) return;
        received.push(text.slice(0, end));
        text = text.slice(end + 3);
        inData = false;
        const dot = script.dot ?? '250 2.0.0 taken';
        if (typeof dot === 'string') say(dot);
        else if (dot.then === 'drop') socket.destroy();
        if (typeof dot !== 'string') return;
        continue;
      }
      const end = text.indexOf('\r\n');
      if (end === -1) return;
      const line = text.slice(0, end);
      text = text.slice(end + 2);
      if (line.startsWith('EHLO'))
        say(
          ['250-scripted', ...(script.extensions ?? ['PIPELINING', 'SIZE 1000000'])]
            .join('\r\n250-')
            .replace(/250-([^\r\n]*)$/, '250 $1'),
        );
      else if (line.startsWith('MAIL')) say(script.mail ?? '250 ok');
      else if (line.startsWith('RCPT')) say(script.recipient ?? '250 ok');
      else if (line === 'DATA') {
        const answer = script.data ?? '354 go on';
        inData = answer.startsWith('354');
        say(answer);
      } else if (line === 'QUIT') socket.end('221 bye\r\n');
      else say('250 ok');
    }
  });
}
