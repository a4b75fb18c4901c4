import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

/** What may go wrong with one message. */
const FAULTS = [
  '421 at MAIL',
  '451 at RCPT',
  '452 at RCPT',
  'drop in DATA',
  '451 after the dot',
  'drop after the dot, not taken',
  'drop after the dot, taken',
  'hang after the dot, taken',
] as const;
type Fault = (typeof FAULTS)[number];

const refusal = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode });

/**
 * The receiving side: its log of accepted Message-IDs is the truth of a fault run, whatever a ledger believes. A message stands in the log
 * before its 250 is written.
 */
export class ReceivingServer {
  /** How often each Message-ID was accepted. */
  readonly accepted = new Map<string, number>();
  /** Messages to the end of which no answer was given. */
  unanswered = 0;
  faultRate = 0;
  delayMs = 100;
  private readonly planned = new Map<string, Fault>();
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onMailFrom: (_address, session, done) => {
      const fault = Math.random() < this.faultRate ? FAULTS[Math.floor(Math.random() * FAULTS.length)] : undefined;
      if (fault === undefined) this.planned.delete(session.id);
      else this.planned.set(session.id, fault);
      if (fault === '421 at MAIL') {
        done(refusal(421, '4.3.2 closing'));
        this.tear(session, 20);
      } else done();
    },
    onRcptTo: (_address, session, done) => {
      const fault = this.planned.get(session.id);
      if (fault === '451 at RCPT') done(refusal(451, '4.7.1 greylisted'));
      else if (fault === '452 at RCPT') done(refusal(452, '4.2.2 full'));
      else done();
    },
    onData: (stream, session, done) => {
      void this.take(stream, session, done);
    },
  });

  async listen(): Promise<string> {
    this.server.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      this.server.listen(0, '127.0.0.1', resolve);
    });
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(resolve);
    });
  }

  private async take(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    done: (error?: Error | null) => void,
  ): Promise<void> {
    const fault = this.planned.get(session.id);
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of stream) {
        chunks.push(chunk as Buffer);
        if (fault === 'drop in DATA') {
          this.tear(session);
          return;
        }
      }
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, this.delayMs));
    if (fault === '451 after the dot') {
      done(refusal(451, '4.3.0 later'));
      return;
    }
    const id = /^message-id:\s*<([^@>]+)@/im.exec(Buffer.concat(chunks).toString('latin1'))?.[1] ?? '';
    if (fault !== 'drop after the dot, not taken') this.accepted.set(id, (this.accepted.get(id) ?? 0) + 1);
    if (fault === undefined || !fault.includes('after the dot')) {
      done();
      return;
    }
    this.unanswered += 1;
    if (fault.startsWith('drop')) this.tear(session);
  }

  /** Closes without a word: the library has no way to misbehave. */
  private tear(session: SMTPServerSession, afterMs = 0): void {
    const { connections } = this.server as unknown as {
      connections: Set<{ id: string; _socket: { destroy: () => void } }>;
    };
    setTimeout(() => {
      for (const connection of connections) if (connection.id === session.id) connection._socket.destroy();
    }, afterMs);
  }
}
