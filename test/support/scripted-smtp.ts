import { type AddressInfo, createServer, type Socket } from 'node:net';

/**
 * What a scripted server does when it comes to a point of the conversation; a
 * string is its answer.
 */
export interface Script {
  /** Empty: it says nothing. */
  readonly greeting?: string;
  readonly extensions?: readonly string[];
  /** To `AUTH PLAIN`. */
  readonly auth?: string;
  readonly mail?: string;
  readonly recipient?: string;
  readonly data?: string;
  /** After so many bytes of the message; `stall` reads no further. */
  readonly inData?: { readonly afterBytes: number; readonly then: 'drop' | 'hang' | 'stall' };
  readonly endOfData?: string | { readonly then: 'drop' | 'hang' };
}

/** A server that misbehaves by a script. */
export interface ScriptedServer {
  readonly port: number;
  /** Messages whose end it has seen, as they came over the wire. */
  readonly received: string[];
  /** The lines that it received, without messages. */
  readonly said: string[];
  readonly connections: () => number;
  /** Of these it has closed so many. */
  readonly closed: () => number;
  readonly close: () => Promise<void>;
}

/**
 * An SMTP server that misbehaves by a script: what no well-made server can be
 * asked to do.
 * @param script asked anew at each point: it may change.
 */
export async function openScriptedServer(script: Script): Promise<ScriptedServer> {
  const received: string[] = [];
  const said: string[] = [];
  const sockets = new Set<Socket>();
  let [connections, closed] = [0, 0];
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => (closed += 1));
    converse(socket, script, received, said);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    port: (server.address() as AddressInfo).port,
    received,
    said,
    connections: () => connections,
    closed: () => closed,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function converse(socket: Socket, script: Script, received: string[], said: string[]): void {
  let text = '';
  let inData = false;
  const say = (line: string): void => void socket.write(`${line}\r\n`);
  const greeting = script.greeting ?? '220 ready';
  if (greeting !== '') say(greeting);
  if (greeting.startsWith('421')) socket.end();
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    for (;;) {
      if (inData) {
        if (script.inData !== undefined && text.length >= script.inData.afterBytes) {
          if (script.inData.then === 'drop') socket.destroy();
          else if (script.inData.then === 'stall') socket.pause();
          return;
        }
        const end = text.startsWith('.\r\n') ? 0 : text.indexOf('\r\n.\r\n') + 2;
        if (end === 1) return;
        received.push(text.slice(0, end));
        text = text.slice(end + 3);
        inData = false;
        const answer = script.endOfData ?? '250 2.0.0 taken';
        if (typeof answer === 'string') say(answer);
        else if (answer.then === 'drop') socket.destroy();
        if (typeof answer !== 'string') return;
        continue;
      }
      const end = text.indexOf('\r\n');
      if (end === -1) return;
      const line = text.slice(0, end);
      text = text.slice(end + 2);
      said.push(line);
      if (line.startsWith('EHLO'))
        say(
          ['250-scripted', ...(script.extensions ?? ['PIPELINING', 'SIZE 1000000'])]
            .join('\r\n250-')
            .replace(/250-([^\r\n]*)$/, '250 $1'),
        );
      else if (line.startsWith('AUTH')) say(script.auth ?? '235 welcome');
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
