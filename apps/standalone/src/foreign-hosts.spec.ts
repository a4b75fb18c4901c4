import type { AddressInfo } from 'node:net';
import { request as httpRequest } from 'node:http';
import express from 'express';
import { refuseForeignHosts } from './foreign-hosts.js';

describe('the name of the host', () => {
  const statusOf = async (listensAt: string, host: string): Promise<number> => {
    const app = express();
    app.use(refuseForeignHosts(listensAt));
    app.use((_, response) => void response.sendStatus(200));
    const server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      return await new Promise((resolve, reject) => {
        httpRequest({ host: '127.0.0.1', port, headers: { host } }, (response) => {
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

  it.each([
    ['127.0.0.1', 'localhost:3000', 200],
    ['127.0.0.1', 'LOCALHOST', 200],
    ['127.0.0.1', '127.0.0.1:3000', 200],
    ['localhost', '[::1]:3000', 200],
    ['::1', '[::1]:3000', 200],
    ['127.0.0.1', 'demo.localhost:3000', 200],
    ['127.0.0.1', 'evil.example:3000', 421],
    ['127.0.0.1', 'localhost.evil.example', 421],
    ['0.0.0.0', 'throughline.corp.example', 200],
  ])('at %s: %j is answered with %d', async (listensAt, host, status) => {
    expect(await statusOf(listensAt, host)).toBe(status);
  });
});
