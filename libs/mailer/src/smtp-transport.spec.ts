import { type AddressInfo, createServer } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { SmtpTransport } from './index.js';

const RAW = Buffer.from('From: a@example.com\r\nTo: b@example.com\r\nSubject: Hi\r\n\r\nHello\r\n.dots\r\n');
const ENVELOPE = { from: 'a@example.com', to: 'b@example.com' };
const refuse = (code: number): Error => Object.assign(new Error('no'), { responseCode: code });

async function withServer(
  options: SMTPServerOptions,
  work: (transport: SmtpTransport, received: string[]) => Promise<void>,
): Promise<void> {
  const received: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
      stream.on('end', () => {
        received.push(text);
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const transport = new SmtpTransport({
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    connections: 2,
  });
  try {
    await work(transport, received);
  } finally {
    await transport.close();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}

describe('a hand-over by SMTP', () => {
  it('is accepted, byte for byte', () =>
    withServer({}, async (transport, received) => {
      const called: string[] = [];
      const outcome = await transport.handOver(ENVELOPE, RAW, {
        beforeDot: () => called.push('dot'),
        accepted: () => called.push('accepted'),
      });
      expect(outcome.kind).toBe('accepted');
      expect(called).toEqual(['dot', 'accepted']);
      expect(received).toEqual([RAW.toString()]);
    }));

  it.each([
    ['a full mailbox at RCPT', { onRcptTo: (_a, _s, done) => done(refuse(452)) }, 'transient'],
    ['an unknown person at RCPT', { onRcptTo: (_a, _s, done) => done(refuse(550)) }, 'permanent'],
    ['a refusal at MAIL', { onMailFrom: (_a, _s, done) => done(refuse(451)) }, 'transient'],
    [
      'a refusal after the dot for now',
      { onData: (s, _x, done) => void s.on('end', () => done(refuse(421))).resume() },
      'transient',
    ],
    [
      'a refusal after the dot for good',
      { onData: (s, _x, done) => void s.on('end', () => done(refuse(554))).resume() },
      'permanent',
    ],
  ] satisfies [string, SMTPServerOptions, string][])('tells %s apart', (_, options, kind) =>
    withServer(options, async (transport) => {
      expect((await transport.handOver(ENVELOPE, RAW)).kind).toBe(kind);
    }),
  );

  it('is unknown when the connection drops after the dot', async () => {
    const server = createServer((socket) => {
      let inData = false;
      socket.write('220 ready\r\n');
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        if (inData && chunk.toString().endsWith('\r\n.\r\n')) socket.destroy();
        else if (!inData) {
          inData = chunk.toString().startsWith('DATA');
          socket.write(inData ? '354 go on\r\n' : '250 ok\r\n');
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const transport = new SmtpTransport({
      url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
      connections: 1,
    });
    expect((await transport.handOver(ENVELOPE, RAW)).kind).toBe('unknown');
    await transport.close();
    server.close();
  });

  it('is transient when nobody listens', async () => {
    const transport = new SmtpTransport({ url: 'smtp://127.0.0.1:9', connections: 1 });
    expect((await transport.handOver(ENVELOPE, RAW)).kind).toBe('transient');
    await transport.close();
  });

  it('takes nothing when the hook before the dot objects', () =>
    withServer({}, async (transport, received) => {
      const outcome = await transport.handOver(ENVELOPE, RAW, {
        beforeDot: () => {
          throw new Error('the lease is over');
        },
      });
      expect(outcome.kind).toBe('transient');
      expect(received).toEqual([]);
    }));
});
