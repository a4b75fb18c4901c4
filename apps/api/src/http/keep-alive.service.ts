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
  /** Open connections, with the number of requests that are being answered: a client may send several ahead. */
  private readonly connections = new Map<Socket, number>();

  constructor(private readonly host: HttpAdapterHost) {}

  onApplicationBootstrap(): void {
    const server = this.server();
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    server.on('connection', (socket: Socket) => {
      this.connections.set(socket, 0);
      socket.once('close', () => this.connections.delete(socket));
    });
    server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
      this.count(socket, 1);
      response.once('close', () => this.count(socket, -1));
    });
  }

  /**
   * Closing waits for every connection. Node closes those that are idle at that moment, but not
   * one that a browser or a load balancer has opened ahead: that one lasts until its headers are
   * overdue, longer than a process may take to end.
   */
  beforeApplicationShutdown(): void {
    this.server().keepAliveTimeout = CLOSING_MS;
    for (const [socket, requests] of this.connections) if (requests === 0) socket.destroy();
  }

  private count(socket: Socket, change: number): void {
    const requests = this.connections.get(socket);
    // Closed before its response.
    if (requests !== undefined) this.connections.set(socket, requests + change);
  }

  private server(): Server {
    return this.host.httpAdapter.getHttpServer() as Server;
  }
}
