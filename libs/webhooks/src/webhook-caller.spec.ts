import { createServer, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { WebhookCaller } from './webhook-caller.service.js';
import { newWebhookSecret } from './webhook-secret.js';

const EVENT = { id: 'evt', type: 'webhook.test', occurredAt: new Date(), data: {} };

describe('calling an endpoint', () => {
  const servers: Server[] = [];
  const called: string[] = [];
  const listen = async (host: string, port = 0): Promise<number> => {
    const server = createServer((request, response) => {
      called.push(host);
      request.resume().on('end', () => response.writeHead(204).end());
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(port, host, resolve));
    return (server.address() as AddressInfo).port;
  };
  afterEach(async () => {
    called.length = 0;
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
  });

  it('resolves the name at every attempt, and posts only to public addresses', async () => {
    // Both servers would answer; only the first may be called, as a public
    // address could be.
    const port = await listen('127.0.0.1');
    await listen('127.0.0.2', port);
    let leadsTo = '127.0.0.1';
    const lookup: LookupFunction = (_host, { all }, done) => {
      if (all === true) done(null, [{ address: leadsTo, family: 4 }]);
      else done(null, leadsTo, 4);
    };
    const caller = new WebhookCaller({ ports: 'any', plainHttp: true, allowedAddresses: ['127.0.0.1'], lookup });
    const call = () => caller.call(`http://hooks.example:${port}/`, EVENT, [newWebhookSecret()]);
    expect(await call()).toMatchObject({ status: 204, error: null });
    leadsTo = '127.0.0.2';
    expect(await call()).toMatchObject({ status: null, error: 'It leads to an address that is not public.' });
    expect(called).toEqual(['127.0.0.1']);
  });
});
