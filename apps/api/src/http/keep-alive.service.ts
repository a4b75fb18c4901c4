import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

/**
 * Longer than a proxy keeps an idle connection (nginx: 60 s). Node closes after
 * 5 s, and a request that the proxy sends at that moment is answered 502.
 */
const KEEP_ALIVE_MS = 65_000;
/** 0 would mean: for ever. */
const CLOSING_MS = 1;

/** How long the HTTP server keeps a connection on which no request is being answered. */
@Injectable()
export class KeepAlive implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly unused = new Set<Socket>();

  constructor(private readonly host: HttpAdapterHost) {}

  onApplicationBootstrap(): void {
    const server = this.server();
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    server.on('connection', (socket: Socket) => {
      this.unused.add(socket);
      socket.once('close', () => this.unused.delete(socket));
    });
    server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
      this.unused.delete(socket);
      response.once('close', () => !socket.destroyed && this.unused.add(socket));
    });
  }

  /**
   * Closing waits for every connection. Node closes those that are idle at that moment, but not
   * one that a browser or a load balancer has opened ahead: that one lasts until its headers are
   * overdue, longer than a process may take to end.
   */
  beforeApplicationShutdown(): void {
    this.server().keepAliveTimeout = CLOSING_MS;
    for (const socket of this.unused) socket.destroy();
  }

  private server(): Server {
    return this.host.httpAdapter.getHttpServer() as Server;
  }
}
