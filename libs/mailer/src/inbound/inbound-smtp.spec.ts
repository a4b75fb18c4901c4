import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { jest } from '@jest/globals';
import { type InboundDelivery, InboundSmtp } from './inbound-smtp.adapter.js';

/** A client that sends raw bytes and reads one reply at a time. */
class RawClient {
  private constructor(private readonly socket: Socket) {}

  static async connect(port: number, localAddress: string): Promise<{ client: RawClient; greeting: string }> {
    const client = new RawClient(connect({ port, host: '127.0.0.1', localAddress }));
    return { client, greeting: await client.reply() };
  }

  async say(bytes: string): Promise<string> {
    this.socket.write(bytes);
    return this.reply();
  }

  end(): void {
    this.socket.destroy();
  }

  /** Once the server has ended the connection. */
  async ended(): Promise<void> {
    if (!this.socket.closed) await once(this.socket, 'close');
  }

  private async reply(): Promise<string> {
    const [chunk] = (await once(this.socket, 'data')) as [Buffer];
    return chunk.toString('latin1').trim();
  }
}

/** Sockets and the test itself go on. */
const WITHOUT_INTERVALS = [
  'Date',
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setTimeout',
  'clearTimeout',
] as const;

describe('the port for returned mail', () => {
  const stored: InboundDelivery[] = [];
  /** Mails are stored once this is done. */
  let storage: Promise<void> = Promise.resolve();
  const server = new InboundSmtp({
    host: '127.0.0.1',
    port: 0,
    accepts: async () => true,
    store: async (mail) => {
      if (mail.recipient.startsWith('closed')) return 'refused';
      await storage;
      stored.push(mail);
      return 'stored';
    },
  });
  const clients: RawClient[] = [];
  let port: number;

  const opened = async (localAddress = '127.0.0.1'): Promise<{ client: RawClient; greeting: string }> => {
    const found = await RawClient.connect(port, localAddress);
    clients.push(found.client);
    return found;
  };

  /** The reply to end-of-data of a mail with this body. */
  const sent = async (body: string, ...recipients: string[]): Promise<string> => {
    const { client } = await opened();
    const to = recipients.length === 0 ? ['r'] : recipients;
    const lines = to.map((name) => `RCPT TO:<${name}@b.example>`);
    for (const line of ['EHLO a.example', 'MAIL FROM:<a@a.example>', ...lines, 'DATA']) await client.say(`${line}\r\n`);
    return client.say(body);
  };

  beforeAll(async () => {
    port = await server.listen();
  });

  afterEach(() => {
    for (const client of clients.splice(0)) client.end();
    stored.splice(0);
  });

  afterAll(() => server.close());

  it('stores a mail with CRLF', async () => {
    expect(await sent('Subject: a\r\n\r\nb\r\n.\r\n')).toMatch(/^250 /);
    expect(stored.map(({ raw }) => raw.toString())).toEqual(['Subject: a\r\n\r\nb\r\n']);
  });

  it.each([
    ['LF', 'Subject: a\r\n\r\nb\n.\nMAIL FROM:<ceo@b.example>\r\n.\r\n'],
    ['CR', 'Subject: a\r\n\r\nb\r.\rMAIL FROM:<ceo@b.example>\r\n.\r\n'],
    ['LF before CRLF', 'Subject: a\r\n\r\nb\n\r\n.\r\n'],
  ])('refuses a mail with a bare %s, and stores nothing', async (_, body) => {
    expect(await sent(body)).toMatch(/^550 5\.6\.0 /);
    expect(stored).toEqual([]);
  });

  it('refuses a mail that no recipient accepts, and stores it for those who do', async () => {
    expect(await sent('Subject: a\r\n\r\nb\r\n.\r\n', 'closed1', 'closed2')).toMatch(/^550 5\.7\.1 /);
    expect(stored).toEqual([]);
    expect(await sent('Subject: a\r\n\r\nb\r\n.\r\n', 'closed1', 'open')).toMatch(/^250 /);
    expect(stored.map(({ recipient }) => recipient)).toEqual(['open@b.example']);
  });

  it('takes ten recipients of one mail, and defers the next', async () => {
    const { client } = await opened();
    await client.say('EHLO a.example\r\n');
    await client.say('MAIL FROM:<a@a.example>\r\n');
    const replies: string[] = [];
    for (let number = 1; number <= 11; number += 1)
      replies.push(await client.say(`RCPT TO:<r${number}@b.example>\r\n`));
    expect(replies.map((reply) => reply.slice(0, 3))).toEqual([...Array<string>(10).fill('250'), '452']);
  });

  it('takes ten connections of one address, and another when one has ended', async () => {
    const greetings: string[] = [];
    for (let number = 1; number <= 11; number += 1) greetings.push((await opened()).greeting.slice(0, 3));
    expect(greetings).toEqual([...Array<string>(10).fill('220'), '421']);
    clients.shift()?.end();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await opened()).greeting).toMatch(/^220/);
  });

  describe('while mails cannot be stored', () => {
    const MAIL_BYTES = 4 * 1024 * 1024;
    const LINES = `${'x'.repeat(998)}\r\n`.repeat(Math.ceil(MAIL_BYTES / 1000));
    const until = async (isTrue: () => boolean): Promise<void> => {
      while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    /** A client that is about to send a body; the reply comes later. */
    const sending = async (address: string, body: string): Promise<{ client: RawClient; reply: Promise<string> }> => {
      const { client } = await opened(address);
      for (const line of ['EHLO a.example', 'MAIL FROM:<a@a.example>', 'RCPT TO:<r@b.example>', 'DATA'])
        await client.say(`${line}\r\n`);
      return { client, reply: client.say(`${body}.\r\n`) };
    };
    const blockStorage = (): (() => void) => {
      let release: () => void = () => undefined;
      storage = new Promise((resolve) => (release = resolve));
      return release;
    };

    it('holds 20 MB of one network, defers its other mails, and has room for the mail of another', async () => {
      const release = blockStorage();
      const replies: Promise<string>[] = [];
      for (let number = 0; number < 8; number += 1) replies.push((await sending('127.0.0.2', LINES)).reply);
      const first = await Promise.race(replies);
      expect(first).toMatch(/^451 4\.3\.1 /);
      const small = await sending('127.0.0.3', 'Subject: a\r\n\r\nb\r\n');
      await until(() => server.heldBytes > 0);
      expect(server.heldBytes).toBeLessThan(25 * 1024 * 1024);
      release();
      expect(await small.reply).toMatch(/^250 /);
      const codes = (await Promise.all(replies)).map((reply) => reply.slice(0, 3));
      expect(codes.filter((code) => code === '250').length).toBeGreaterThanOrEqual(4);
      expect(codes.filter((code) => code === '451').length).toBeGreaterThanOrEqual(2);
      expect(server.heldBytes).toBe(0);
    });

    it('forgets the mails of clients that have left', async () => {
      const release = blockStorage();
      const all = [];
      for (let number = 0; number < 10; number += 1) all.push(await sending('127.0.0.4', 'Subject: a\r\n\r\nb\r\n'));
      await until(() => server.heldBytes === 10 * 'Subject: a\r\n\r\nb\r\n'.length);
      for (const { client } of all) client.end();
      await new Promise((resolve) => setTimeout(resolve, 200));
      release();
      await until(() => server.heldBytes === 0);
      // Four were being stored when their clients left.
      expect(stored).toHaveLength(4);
    });
  });

  it('ends a connection five minutes after its begin, or its last stored mail, however busy it is', async () => {
    jest.useFakeTimers({ doNotFake: [...WITHOUT_INTERVALS] });
    let now = 1_000_000;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    const other = new InboundSmtp({
      host: '127.0.0.1',
      port: 0,
      accepts: async () => true,
      store: async () => 'stored',
    });
    try {
      const at = await other.listen();
      const open = async (): Promise<RawClient> => (await RawClient.connect(at, '127.0.0.1')).client;
      const [slow, busy] = [await open(), await open()];
      const pass = (ms: number): void => {
        now += ms;
        jest.advanceTimersByTime(5_000);
      };
      const mail = async (client: RawClient): Promise<string> => {
        for (const line of ['EHLO a.example', 'MAIL FROM:<a@a.example>', 'RCPT TO:<r@b.example>', 'DATA'])
          await client.say(`${line}\r\n`);
        return client.say('Hi\r\n.\r\n');
      };
      pass(290_000);
      expect(await slow.say('NOOP\r\n')).toMatch(/^250/);
      expect(await mail(busy)).toMatch(/^250/);
      pass(20_000);
      await slow.ended();
      expect(await busy.say('NOOP\r\n')).toMatch(/^250/);
      pass(290_000);
      await busy.ended();
    } finally {
      jest.useRealTimers();
      jest.restoreAllMocks();
      await other.close();
    }
  });
});
