import { once } from 'node:events';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import express from 'express';
import { jest } from '@jest/globals';
import { limitConnections, limitOpenBodies } from './open-bodies.js';

const MOST = 512;

describe('the limits of open requests', () => {
  const servers: Server[] = [];
  const sockets: Socket[] = [];
  afterEach(async () => {
    jest.useRealTimers();
    for (const socket of sockets.splice(0)) socket.destroy();
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  const listen = async (server: Server): Promise<number> => {
    servers.push(server.listen(0, '127.0.0.1'));
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const aBodyServer = (arrived: () => void): Promise<number> => {
    const app = express();
    app.use(limitOpenBodies());
    app.use((_request, _response, next) => {
      arrived();
      next();
    });
    app.use(express.json());
    app.post('/', (_request, response) => void response.sendStatus(204));
    return listen(createServer(app));
  };
  /** Only timeouts: sockets have timers of their own. */
  const stopTimeouts = (): void =>
    void jest.useFakeTimers({
      doNotFake: [
        'Date',
        'hrtime',
        'nextTick',
        'performance',
        'queueMicrotask',
        'setImmediate',
        'clearImmediate',
        'setInterval',
        'clearInterval',
      ],
    });

  it('end a body after 30 seconds, and its connection', async () => {
    stopTimeouts();
    let arrived = (): void => undefined;
    const there = new Promise<void>((resolve) => (arrived = resolve));
    const port = await aBodyServer(() => arrived());
    const headers = { 'content-type': 'application/json', 'content-length': '100' };
    const slow = httpRequest({ host: '127.0.0.1', port, method: 'POST', headers, agent: false });
    slow.on('error', () => undefined);
    slow.write('{');
    const answered = once(slow, 'response');
    await there;
    jest.advanceTimersByTime(29_999);
    expect(jest.getTimerCount()).toBe(1);
    jest.advanceTimersByTime(1);
    const [response] = await answered;
    expect([response.statusCode, response.headers['retry-after'], response.headers.connection]).toEqual([
      408,
      '10',
      'close',
    ]);
    let text = '';
    for await (const piece of response) text += String(piece);
    expect(JSON.parse(text)).toMatchObject({ code: 'request.slow' });
    await new Promise<void>((resolve) => (slow.destroyed ? resolve() : slow.on('close', resolve)));
  });

  it('do not end a request whose body has arrived', async () => {
    stopTimeouts();
    const port = await aBodyServer(() => undefined);
    const quick = httpRequest({
      host: '127.0.0.1',
      port,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    quick.end('{}');
    const [response] = await once(quick, 'response');
    expect(response.statusCode).toBe(204);
    expect(jest.getTimerCount()).toBe(0);
  });

  const opened = async (port: number): Promise<{ readonly socket: Socket; readonly isClosed: Promise<boolean> }> => {
    const socket = connect({ host: '127.0.0.1', port });
    sockets.push(socket);
    socket.on('error', () => undefined);
    const isClosed = once(socket, 'close').then(() => true);
    await once(socket, 'connect');
    return { socket, isClosed };
  };
  const answers = async (socket: Socket): Promise<boolean> => {
    socket.write('GET / HTTP/1.1\r\nHost: x.example\r\n\r\n');
    return Promise.race([once(socket, 'data').then(() => true), once(socket, 'close').then(() => false)]);
  };
  const aServer = async (trustedProxies: number): Promise<number> => {
    const server = createServer((_request, response) => response.end('ok'));
    limitConnections(server, trustedProxies);
    return listen(server);
  };

  it(`allow ${MOST} connections of a network, and another one when one has ended`, async () => {
    const port = await aServer(0);
    const first = await opened(port);
    for (let number = 1; number < MOST; number++) await opened(port);
    expect(await answers(first.socket)).toBe(true);
    expect(await (await opened(port)).isClosed).toBe(true);
    const ended = once(first.socket, 'close');
    first.socket.destroy();
    await ended;
    let isAllowed = false;
    while (!isAllowed) isAllowed = await answers((await opened(port)).socket);
  });

  it('do not count connections behind a load balancer, which all have its address', async () => {
    const port = await aServer(1);
    for (let number = 0; number < MOST; number++) await opened(port);
    expect(await answers((await opened(port)).socket)).toBe(true);
  });
});
