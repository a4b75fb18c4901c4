import type { Server } from 'node:http';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

/**
 * Longer than a proxy keeps an idle connection (nginx: 60 s). Node closes after
 * 5 s, and a request that the proxy sends at that moment is answered 502.
 */
const KEEP_ALIVE_MS = 65_000;
/** 0 would mean: for ever. */
const CLOSING_MS = 1;

/** How long the HTTP server keeps a connection between two requests. */
@Injectable()
export class KeepAlive implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(private readonly host: HttpAdapterHost) {}

  onApplicationBootstrap(): void {
    this.server().keepAliveTimeout = KEEP_ALIVE_MS;
  }

  /**
   * Closing waits for every connection, and Node closes only those that are
   * idle at that moment.
   */
  beforeApplicationShutdown(): void {
    this.server().keepAliveTimeout = CLOSING_MS;
  }

  private server(): Server {
    return this.host.httpAdapter.getHttpServer() as Server;
  }
}
