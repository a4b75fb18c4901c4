import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { SmtpReplies, type SmtpReply } from './smtp-reply.js';

/**
 * `implicit`: TLS from the first byte (RFC 8314); `required`: STARTTLS (RFC 3207) or nothing; both with a certificate that is checked.
 * `opportunistic`: STARTTLS wherever it is offered, by any certificate (RFC 7435).
 */
export type TlsMode = 'implicit' | 'required' | 'opportunistic';

/** Connects, or rejects with a sentence that whoever chose the host may read. */
type Dial = (to: { readonly host: string; readonly port: number; readonly timeoutMs: number }) => Promise<Socket>;

export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  readonly tls: TlsMode;
  readonly credentials: { readonly user: string; readonly password: string } | null;
  /** False: user and password never leave unencrypted, whatever the server offers. */
  readonly passwordInClear: boolean;
  /** Opens the connection instead of the operating system: for a host that somebody else chose. */
  readonly dial?: Dial;
  readonly timeouts: SmtpTimeouts;
}

export interface SmtpTimeouts {
  readonly connectMs: number;
  /** For every answer but the one to the end of data (RFC 5321, 4.5.3.2: five minutes). */
  readonly answerMs: number;
  /** For the answer to the end of data (RFC 5321, 4.5.3.2.6: ten minutes). */
  readonly endOfDataMs: number;
}

interface Waiter {
  readonly resolve: (reply: SmtpReply) => void;
  readonly reject: (error: Error) => void;
}

/** What has to leave within one wait: of a longer write nobody sees how far it is. Most messages are smaller. */
const PORTION_BYTES = 64 * 1024;

/** Bytes to an SMTP server and replies from it, in order; once it breaks it stays broken. */
export class SmtpChannel {
  private readonly replies = new SmtpReplies();
  private readonly arrived: SmtpReply[] = [];
  private readonly waiting: Waiter[] = [];
  private broken: Error | null = null;

  private constructor(
    private socket: Socket,
    private readonly server: SmtpServer,
  ) {
    this.listen(socket);
  }

  /** @throws Error when nobody takes the connection in time. */
  static async open(server: SmtpServer): Promise<SmtpChannel> {
    return new SmtpChannel(await connected(server), server);
  }

  get isUsable(): boolean {
    return this.broken === null;
  }

  /** @throws Error why it is broken. */
  assertUsable(): void {
    if (this.broken !== null) throw this.broken;
  }

  /** Goes on encrypted. A relay on the same machine or network often has no certificate that anybody knows: then opportunistic is the mode. */
  async encrypt(): Promise<void> {
    this.socket.removeAllListeners();
    // Bytes that came with the answer were never encrypted: an attacker may have put them there (RFC 3207, 4.2).
    this.replies.forget();
    this.arrived.length = 0;
    this.socket = await secured(this.server, this.socket);
    this.listen(this.socket);
  }

  say(line: string): Promise<void> {
    return this.write([Buffer.from(`${line}\r\n`)]);
  }

  /** Resolves when the operating system has all of it. @throws Error when the relay takes nothing of it for `timeoutMs`. */
  async write(pieces: readonly Buffer[], timeoutMs = this.server.timeouts.answerMs): Promise<void> {
    for (const portion of portionsOf(pieces)) await this.writePortion(portion, timeoutMs);
  }

  private writePortion(pieces: readonly Buffer[], timeoutMs: number): Promise<void> {
    if (this.broken !== null) return Promise.reject(this.broken);
    return new Promise((resolve, reject) => {
      let isDone = false;
      // A relay that keeps its window shut would hold its place for ever. As for answers, a process that was paused looks first.
      const giveUp = (): void => {
        if (!isDone) this.tear(new Error(`The relay took nothing for ${timeoutMs} ms.`));
      };
      const timer = setTimeout(() => setImmediate(giveUp), timeoutMs);
      const done = (error?: Error | null): void => {
        isDone = true;
        clearTimeout(timer);
        if (error) reject(this.broken ?? error);
        else resolve();
      };
      this.socket.cork();
      pieces.forEach((piece, at) => this.socket.write(piece, at === pieces.length - 1 ? done : undefined));
      this.socket.uncork();
    });
  }

  /** The next reply. @throws Error when it does not come in time or the connection is gone. */
  reply(timeoutMs = this.server.timeouts.answerMs): Promise<SmtpReply> {
    const next = this.arrived.shift();
    if (next !== undefined) return Promise.resolve(next);
    if (this.broken !== null) return Promise.reject(this.broken);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        resolve: (reply) => {
          clearTimeout(timer);
          resolve(reply);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      };
      // A process that was paused finds its timers over before it has read what arrived meanwhile: it reads first.
      const giveUp = (): void => {
        if (this.waiting.includes(waiter)) this.tear(new Error(`The relay did not answer within ${timeoutMs} ms.`));
      };
      const timer = setTimeout(() => setImmediate(giveUp), timeoutMs);
      this.waiting.push(waiter);
    });
  }

  /** Says goodbye without waiting for an answer. */
  end(): void {
    if (this.broken === null) this.socket.end('QUIT\r\n');
    this.break(new Error('The connection was closed.'));
  }

  tear(reason = new Error('The connection was torn.')): void {
    this.socket.destroy();
    this.break(reason);
  }

  private listen(socket: Socket): void {
    socket.on('data', (chunk: Buffer) => {
      this.receive(chunk.toString('latin1'));
    });
    socket.on('error', (error) => {
      this.break(error);
    });
    socket.on('close', () => {
      this.break(new Error('The relay closed the connection.'));
    });
  }

  private receive(chunk: string): void {
    try {
      for (const reply of this.replies.read(chunk)) {
        const waiter = this.waiting.shift();
        if (waiter === undefined) this.arrived.push(reply);
        else waiter.resolve(reply);
      }
    } catch (error) {
      this.tear(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private break(error: Error): void {
    this.broken ??= error;
    for (const { reject } of this.waiting.splice(0)) reject(this.broken);
  }
}

/** Pieces in their order, in groups of no more than a portion; a longer piece is cut. */
function* portionsOf(pieces: readonly Buffer[]): Generator<readonly Buffer[]> {
  let [portion, bytes]: [Buffer[], number] = [[], 0];
  for (const piece of pieces)
    for (let at = 0; at < piece.length; at += PORTION_BYTES) {
      const cut = piece.subarray(at, at + PORTION_BYTES);
      if (bytes + cut.length > PORTION_BYTES) {
        yield portion;
        [portion, bytes] = [[], 0];
      }
      portion.push(cut);
      bytes += cut.length;
    }
  if (bytes > 0) yield portion;
}

const nameOf = (host: string): { servername?: string } => (isIP(host) === 0 ? { servername: host } : {});

async function connected(server: SmtpServer): Promise<Socket> {
  const { host, port, timeouts } = server;
  const socket =
    server.dial === undefined
      ? connectTcp({ host, port })
      : await server.dial({ host, port, timeoutMs: timeouts.connectMs });
  if (server.dial === undefined) await settled(socket, 'connect', timeouts.connectMs);
  // The end of data is small and must leave at once (RFC 896 would hold it back for the answer to what went before).
  socket.setNoDelay(true);
  return server.tls === 'implicit' ? secured(server, socket) : socket;
}

async function secured({ host, tls, timeouts }: SmtpServer, plain: Socket): Promise<Socket> {
  // The certificate is the host's that was chosen, also where that is an address, which no server is told (RFC 6066, 3).
  const socket = connectTls({ socket: plain, host, rejectUnauthorized: tls !== 'opportunistic', ...nameOf(host) });
  await settled(socket, 'secureConnect', timeouts.connectMs);
  return socket;
}

function settled(socket: Socket, event: string, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(() => {
      fail(new Error(`The relay did not take the connection within ${timeoutMs} ms.`));
    }, timeoutMs);
    socket.once('error', fail);
    socket.once(event, () => {
      clearTimeout(timer);
      socket.off('error', fail);
      resolve();
    });
  });
}
