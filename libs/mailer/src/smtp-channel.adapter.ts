import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { SmtpReplies, type SmtpReply } from './smtp-reply.js';

/**
 * `implicit`: TLS from the first byte (RFC 8314). `required`: STARTTLS (RFC
 * 3207) or nothing. Both verify the certificate. `opportunistic`: STARTTLS if
 * offered, with any certificate (RFC 7435).
 */
export type TlsMode = 'implicit' | 'required' | 'opportunistic';

/**
 * Connects, or rejects with a sentence that the user who chose the host may
 * read.
 */
type Dial = (to: { readonly host: string; readonly port: number; readonly timeoutMs: number }) => Promise<Socket>;

export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  readonly tls: TlsMode;
  readonly credentials: { readonly user: string; readonly password: string } | null;
  /** False: user and password are never sent without TLS. */
  readonly passwordInClear: boolean;
  /** Opens the connection to a host that a user chose, with address checks. */
  readonly dial?: Dial;
  readonly timeouts: SmtpTimeouts;
}

export interface SmtpTimeouts {
  readonly connectMs: number;
  /**
   * For every answer but that to end-of-data (RFC 5321, 4.5.3.2: five minutes).
   */
  readonly answerMs: number;
  /** For the answer to end-of-data (RFC 5321, 4.5.3.2.6: ten minutes). */
  readonly endOfDataMs: number;
}

interface Waiter {
  readonly resolve: (reply: SmtpReply) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Size of one write with its own timeout. A longer write would hide whether it
 * makes progress. Most messages are smaller.
 */
const PORTION_BYTES = 64 * 1024;

/**
 * Sends bytes to an SMTP server and reads its replies in order. A broken
 * channel stays broken.
 */
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

  /** @throws Error if the connection is not accepted in time. */
  static async open(server: SmtpServer): Promise<SmtpChannel> {
    return new SmtpChannel(await connected(server), server);
  }

  get isUsable(): boolean {
    return this.broken === null;
  }

  /** @throws Error the reason why it is broken. */
  assertUsable(): void {
    if (this.broken !== null) throw this.broken;
  }

  /**
   * Switches to TLS. A relay on the same network often has a private
   * certificate: use `opportunistic` there.
   */
  async encrypt(): Promise<void> {
    this.socket.removeAllListeners();
    // Discard bytes from before TLS: an attacker may have injected them (RFC
    // 3207, 4.2).
    this.replies.forget();
    this.arrived.length = 0;
    this.socket = await secured(this.server, this.socket);
    this.listen(this.socket);
  }

  command(line: string): Promise<void> {
    return this.write([Buffer.from(`${line}\r\n`)]);
  }

  /**
   * Resolves when the operating system has all bytes.
   * @throws Error if the relay accepts none of them for `timeoutMs`.
   */
  async write(pieces: readonly Buffer[], timeoutMs = this.server.timeouts.answerMs): Promise<void> {
    for (const portion of portionsOf(pieces)) await this.writePortion(portion, timeoutMs);
  }

  private writePortion(pieces: readonly Buffer[], timeoutMs: number): Promise<void> {
    if (this.broken !== null) return Promise.reject(this.broken);
    return new Promise((resolve, reject) => {
      let isDone = false;
      // A relay with a closed window would hold its place for ever.
      const giveUp = (): void => {
        if (!isDone) this.destroy(new Error(`The relay took nothing for ${timeoutMs} ms.`));
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

  /**
   * The next reply.
   * @throws Error if it does not come in time, or the connection is lost.
   */
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
      // A process that was paused finds its timers expired before it has read
      // what arrived meanwhile. Reading comes first.
      const giveUp = (): void => {
        if (this.waiting.includes(waiter)) this.destroy(new Error(`The relay did not answer within ${timeoutMs} ms.`));
      };
      const timer = setTimeout(() => setImmediate(giveUp), timeoutMs);
      this.waiting.push(waiter);
    });
  }

  /** Sends QUIT without waiting for the answer. */
  end(): void {
    if (this.broken === null) this.socket.end('QUIT\r\n');
    this.break(new Error('The connection was closed.'));
  }

  destroy(reason = new Error('The connection was torn.')): void {
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
      this.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private break(error: Error): void {
    this.broken ??= error;
    for (const { reject } of this.waiting.splice(0)) reject(this.broken);
  }
}

/**
 * Groups pieces into portions of limited size, in order. A longer piece is cut.
 */
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
  // End-of-data is small and must be sent at once; RFC 896 would delay it.
  socket.setNoDelay(true);
  return server.tls === 'implicit' ? secured(server, socket) : socket;
}

async function secured({ host, tls, timeouts }: SmtpServer, plain: Socket): Promise<Socket> {
  // The certificate is checked for the chosen host, also if it is an address,
  // which SNI does not carry (RFC 6066, 3).
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
