import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { KeepAlive } from './keep-alive.service.js';

const ANSWER_MS = 200;

@Controller()
class SlowController {
  @Get()
  async answer(): Promise<string> {
    await sleep(ANSWER_MS);
    return 'done';
  }

  @Get('at-once')
  first(): string {
    return 'first';
  }
}

@Module({ controllers: [SlowController], providers: [KeepAlive] })
class SlowModule {}

describe('the HTTP server', () => {
  it('closes soon although a request was under way, whose connection would stay open', async () => {
    const app = await NestFactory.create(SlowModule, { logger: false });
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    expect(app.getHttpServer().keepAliveTimeout).toBeGreaterThan(60_000);
    const agent = new Agent({ keepAlive: true });
    const answered = new Promise<number | undefined>((resolve, reject) => {
      get({ port, host: '127.0.0.1', agent }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode));
      }).on('error', reject);
    });
    await sleep(ANSWER_MS / 2);
    const began = performance.now();
    await app.close();
    expect(await answered).toBe(200);
    expect(performance.now() - began).toBeLessThan(4_000);
    agent.destroy();
  });
  it('answers each of several requests that a client has sent ahead', async () => {
    const app = await NestFactory.create(SlowModule, { logger: false });
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    let answered = '';
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    socket.setEncoding('utf8').on('data', (text: string) => (answered += text));
    socket.write(['/at-once', '/'].map((path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`).join(''));
    await once(socket, 'data');
    expect(answered).toContain('first');
    await app.close();
    expect(answered).toContain('done');
    socket.destroy();
  });
  it('closes soon although a client has opened a connection ahead, without a request', async () => {
    const app = await NestFactory.create(SlowModule, { logger: false });
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    const accepted = once(app.getHttpServer(), 'connection');
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    await accepted;
    const began = performance.now();
    await app.close();
    expect(performance.now() - began).toBeLessThan(4_000);
    socket.destroy();
  });
});
