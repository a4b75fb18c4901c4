import type { AddressInfo } from 'node:net';
import { request as httpRequest } from 'node:http';
import express from 'express';
import { isOwnHost, refuseForeignHosts } from './foreign-hosts.js';

describe('the name of the host', () => {
  const statusOf = async (publicUrl: string, host: string, path = '/'): Promise<number> => {
    const app = express();
    app.use(refuseForeignHosts(isOwnHost({ PUBLIC_URL: publicUrl, ALLOWED_HOSTS: ['Pages.example'] })));
    app.use((_, response) => void response.sendStatus(200));
    const server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      return await new Promise((resolve, reject) => {
        httpRequest({ host: '127.0.0.1', port, path, headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        })
          .on('error', reject)
          .end();
      });
    } finally {
      server.close();
    }
  };

  const HERE = 'http://localhost:3000';
  const THERE = 'https://throughline.corp.example';

  it.each([
    [HERE, 'localhost:3000', 200],
    [HERE, 'LOCALHOST', 200],
    [HERE, '127.0.0.1:3000', 200],
    [HERE, '[::1]:3000', 200],
    [HERE, 'demo.localhost:3000', 200],
    [HERE, 'evil.example:3000', 421],
    [HERE, 'localhost.evil.example', 421],
    [THERE, 'Throughline.corp.example', 200],
    [THERE, 'pages.example:443', 200],
    [THERE, 'evil.example', 421],
    [THERE, 'localhost:3000', 421],
  ])('with PUBLIC_URL %s: %j is answered with %d', async (publicUrl, host, status) => {
    expect(await statusOf(publicUrl, host)).toBe(status);
  });

  it('is free for checks of health, which ask by address', async () => {
    expect(await statusOf(THERE, '10.1.2.3:3000', '/health/ready')).toBe(200);
  });
});
