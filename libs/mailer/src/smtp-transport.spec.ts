import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { until } from '../../../test/support/until.js';
import { serverOf, SmtpTransport, LeaseExpired } from './index.js';
import { type Script, withScriptedServer } from './scripted-server.fixture.js';

const RAW = [Buffer.from('From: a@example.com\r\nTo: b@example.com\r\nSubject: Hi\r\n\r\nHello\r\n.dots\r\n..\r\n')];
const ENVELOPE = { from: 'a@example.com', to: 'b@example.com' };
const BIG = [Buffer.from(`Subject: Big\r\n\r\n${'0123456789\r\n'.repeat(20_000)}`)];

async function withServer(
  options: SMTPServerOptions,
  work: (transport: SmtpTransport, received: string[], connections: () => number) => Promise<void>,
  credentials = '',
): Promise<void> {
  const received: string[] = [];
  let connections = 0;
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onConnect(_session, done) {
      connections += 1;
      done();
    },
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
    server: serverOf(`smtp://${credentials}127.0.0.1:${(server.server.address() as AddressInfo).port}`),
    connections: 2,
  });
  try {
    await work(transport, received, () => connections);
  } finally {
    await transport.close();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}

describe('a submission by SMTP', () => {
  it('is accepted, byte for byte, with its hooks called in order', () =>
    withServer({}, async (transport, received) => {
      const called: string[] = [];
      const outcome = await transport.submit(ENVELOPE, RAW, {
        beforeEndOfData: async () => void called.push('before the end of data'),
        guard: () => called.push('guard'),
        onAccepted: () => called.push('accepted'),
      });
      expect(outcome.kind).toBe('accepted');
      expect(called).toEqual(['before the end of data', 'guard', 'accepted']);
      expect(received).toEqual([RAW.toString()]);
    }));

  it.each([
    ['of failure', false, 'FAILURE,DELAY'],
    ['of delivery, too', true, 'SUCCESS,FAILURE,DELAY'],
  ])('requests reports %s if the relay supports them', (_, ofSuccess, notify) =>
    withScriptedServer({ extensions: ['PIPELINING', 'DSN'] }, async ({ transport, said }) => {
      const envelope = { from: 'a@example.com', to: 'b+c=d@example.com', report: { envelopeId: 'id-1', ofSuccess } };
      expect((await transport.submit(envelope, RAW)).kind).toBe('accepted');
      expect(said.slice(1, 3)).toEqual([
        'MAIL FROM:<a@example.com> RET=HDRS ENVID=id-1',
        `RCPT TO:<b+c=d@example.com> NOTIFY=${notify} ORCPT=rfc822;b+2Bc+3Dd@example.com`,
      ]);
    }),
  );

  it('requests no report if the relay does not support them', () =>
    withScriptedServer({}, async ({ transport, said }) => {
      await transport.submit({ ...ENVELOPE, report: { envelopeId: 'id-1', ofSuccess: true } }, RAW);
      expect(said[2]).toBe('RCPT TO:<b@example.com>');
    }));

  it('uses few connections for many messages', () =>
    withServer({}, async (transport, received, connections) => {
      const outcomes = await Promise.all(Array.from({ length: 40 }, () => transport.submit(ENVELOPE, RAW)));
      expect(outcomes.every(({ kind }) => kind === 'accepted')).toBe(true);
      expect(received).toHaveLength(40);
      expect(connections()).toBe(2);
    }));

  it('shares connections round-robin among streams', () =>
    withServer({}, async (transport) => {
      const begun: string[] = [];
      let open = (): void => undefined;
      const gate = new Promise<void>((resolve) => (open = resolve));
      const submit = (name: string, stream: string) =>
        transport.submit({ ...ENVELOPE, stream }, RAW, {
          stopReason: () => {
            begun.push(name);
            return null;
          },
          beforeEndOfData: () => gate,
        });
      const outcomes = ['big 1', 'big 2', 'big 3', 'big 4', 'small 1'].map((name) =>
        submit(name, name.split(' ')[0] ?? ''),
      );
      open();
      expect((await Promise.all(outcomes)).map(({ kind }) => kind)).toEqual(Array(5).fill('accepted'));
      expect(begun).toEqual(['big 1', 'big 2', 'big 3', 'small 1', 'big 4']);
    }));

  it.each([['PLAIN'], ['LOGIN']])('signs in by AUTH %s over STARTTLS', (method) =>
    withServer(
      {
        disabledCommands: [],
        authMethods: [method],
        onAuth: ({ username, password }, { secure }, done) => {
          const isRight = username === 'anna@x' && password === 'p:w' && secure;
          done(isRight ? null : new Error('no'), isRight ? { user: 'anna' } : undefined);
        },
      },
      async (transport, received) => {
        expect((await transport.submit(ENVELOPE, RAW)).kind).toBe('accepted');
        expect(received).toHaveLength(1);
      },
      'anna%40x:p%3Aw@',
    ),
  );

  it('fails no message if the relay refuses the sign-in: an operator has to correct it', () =>
    withServer(
      { disabledCommands: [], onAuth: (_auth, _session, done) => done(new Error('no')) },
      async (transport) => {
        expect(await transport.submit(ENVELOPE, RAW)).toMatchObject({ kind: 'transient', about: 'relay', code: 535 });
        expect(transport.backOffMs()).toBeGreaterThan(0);
      },
      'anna:wrong@',
    ));

  it.each([
    ['at the greeting', { greeting: '554 5.7.1 go away' }, 'relay'],
    ['at MAIL', { mail: '451 4.3.0 later' }, 'relay'],
    ['at MAIL, of the sender', { mail: '550 5.7.1 who are you' }, 'sender'],
    ['at RCPT', { recipient: '452 4.2.2 full' }, 'message'],
    ['at RCPT, of the destination', { recipient: '451 4.7.1 slow down' }, 'destination'],
    ['at DATA', { data: '451 4.3.0 later' }, 'message'],
    ['after the end of data', { endOfData: '451 4.3.0 later' }, 'message'],
    ['by closing', { recipient: '421 4.3.2 closing' }, 'relay'],
  ] satisfies [string, Script, string][])('is refused for now %s', (_, script, about) =>
    withScriptedServer(script, async ({ transport }) => {
      // With the code that gives the reason, also if the server closes at once.
      const enhanced = expect.stringMatching(/^[45]\.\d\.\d$/) as string;
      expect(await transport.submit(ENVELOPE, RAW)).toMatchObject({ kind: 'transient', about, enhanced });
    }),
  );

  it('sends nothing for a message that is stopped when a connection becomes free', () =>
    withScriptedServer({}, async ({ transport, connections }) => {
      for (const why of ['halted', 'late'] as const) {
        const stopReason = () => Promise.resolve(why);
        expect(await transport.submit(ENVELOPE, RAW, { stopReason })).toMatchObject({ kind: 'stopped', why });
      }
      expect(connections()).toBe(0);
      expect((await transport.submit(ENVELOPE, RAW, { stopReason: () => null })).kind).toBe('accepted');
    }));

  it.each([
    ['an unknown person at RCPT', { recipient: '550 5.1.1 nobody' }, true],
    ['a full mailbox', { recipient: '552 5.2.2 full' }, false],
    ['a message after the end of data', { endOfData: '552 5.3.4 too big' }, false],
    ['a message after the end of data, by policy', { endOfData: '550 5.7.1 spam' }, false],
  ] satisfies [string, Script, boolean][])('is refused for good: %s', (_, script, deadAddress) =>
    withScriptedServer(script, async ({ transport }) => {
      expect(await transport.submit(ENVELOPE, RAW)).toMatchObject({ kind: 'permanent', deadAddress });
    }),
  );

  it.each([[['PIPELINING']], [['8BITMIME']]])('continues on the connection after a refusal, with %j', (extensions) =>
    withScriptedServer({ extensions, recipient: '550 5.1.1 nobody' }, async ({ transport, received, connections }) => {
      await transport.submit(ENVELOPE, RAW);
      expect((await transport.submit(ENVELOPE, RAW)).kind).toBe('permanent');
      expect(connections()).toBe(1);
      expect(received.filter((text) => text !== '')).toEqual([]);
    }),
  );

  it.each(['drop', 'hang'] as const)('is not accepted if connections %s in the middle of DATA', (then) =>
    withScriptedServer({ inData: { afterBytes: 50_000, then } }, async ({ transport, received }) => {
      const dots: string[] = [];
      const { kind } = await transport.submit(ENVELOPE, BIG, { beforeEndOfData: () => void dots.push('end-of-data') });
      // A server that hangs may have room for all of it.
      // Then end-of-data is written, and the outcome is unknown.
      expect(kind).toBe(dots.length === 0 ? 'transient' : 'unknown');
      expect(received).toEqual([]);
    }),
  );

  it('is not accepted if the server stops reading, and releases its connection in time', () =>
    withScriptedServer({ inData: { afterBytes: 1_000, then: 'stall' } }, async ({ transport, received }) => {
      const huge = Array.from({ length: 200 }, () => BIG[0] ?? Buffer.alloc(0));
      let dots = 0;
      const outcome = await transport.submit(ENVELOPE, huge, { beforeEndOfData: () => void (dots += 1) });
      expect(outcome).toMatchObject({ kind: 'transient', about: 'relay', text: 'The relay took nothing for 500 ms.' });
      expect([dots, received]).toEqual([0, []]);
    }));

  it('is not accepted if the connection broke while the journal was written', () =>
    withScriptedServer({ inData: { afterBytes: 10, then: 'drop' } }, async ({ transport }) => {
      const whileBroken = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100));
      expect(await transport.submit(ENVELOPE, RAW, { beforeEndOfData: whileBroken })).toMatchObject({
        kind: 'transient',
      });
    }));

  it.each(['drop', 'hang'] as const)('is unknown if connections %s after end-of-data', (then) =>
    withScriptedServer({ endOfData: { then } }, async ({ transport, received }) => {
      expect((await transport.submit(ENVELOPE, RAW)).kind).toBe('unknown');
      expect(received).toHaveLength(1);
    }),
  );

  it('is unknown if the answer to end-of-data is not SMTP', () =>
    withScriptedServer({ endOfData: 'thank you' }, async ({ transport }) => {
      expect((await transport.submit(ENVELOPE, RAW)).kind).toBe('unknown');
    }));

  it.each([
    [
      'the journal cannot be written',
      { beforeEndOfData: () => Promise.reject(new Error('disk full')) },
      { kind: 'transient', about: 'internal' },
    ],
    [
      'the lease is over',
      {
        guard: () => {
          throw new LeaseExpired('the lease is over');
        },
      },
      { kind: 'stopped', why: 'late' },
    ],
  ])('is not accepted if %s, which counts against neither relay nor message', (_, hooks, told) =>
    withServer({}, async (transport, received) => {
      expect(await transport.submit(ENVELOPE, RAW, hooks)).toMatchObject(told);
      expect(received).toEqual([]);
      expect(transport.backOffMs()).toBe(0);
    }),
  );

  it('does not try a relay that is down', async () => {
    const transport = new SmtpTransport({ server: serverOf('smtp://127.0.0.1:9'), connections: 1 });
    expect(await transport.submit(ENVELOPE, RAW)).toMatchObject({ kind: 'transient', about: 'relay', code: null });
    expect(transport.backOffMs()).toBeGreaterThan(500);
    await transport.close();
  });

  it('opens a new connection if the relay has closed the idle one, and repeats nothing', () => {
    let closed = 0;
    const options: SMTPServerOptions = { socketTimeout: 300, onClose: () => void (closed += 1) };
    return withServer(options, async (transport, received, connections) => {
      await transport.submit(ENVELOPE, RAW);
      await until(() => closed === 1, 'the relay to close the idle connection');
      expect((await transport.submit(ENVELOPE, RAW)).kind).toBe('accepted');
      expect(connections()).toBe(2);
      expect(received).toHaveLength(2);
    });
  });

  it.each(['a b@example.com', 'x@example.com>\r\nRCPT TO:<y@example.com', 'grüße@example.com'])(
    'carries no command in an address: %j',
    (to) =>
      withServer({}, async (transport, received) => {
        expect((await transport.submit({ ...ENVELOPE, to }, RAW)).kind).toBe('permanent');
        expect(received).toEqual([]);
      }),
  );
});
