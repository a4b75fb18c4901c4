import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { collectDefaultMetrics, register } from 'prom-client';
import { Database } from '#database';
import { Jobs } from '#jobs';
import { systemActor } from '#kernel';

const OPERATIONS = systemActor('health');

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/**
 * Health and metrics of a process, for an orchestrator. `live` never checks
 * other servers: a short failure of the database must not kill every process.
 */
@Injectable()
export class HealthService implements BeforeApplicationShutdown, OnApplicationShutdown {
  private stopping = false;
  private server: Server | null = null;
  private isHidden = false;

  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
  ) {
    // The registry is global, and tests build several applications in one
    // process.
    if (register.getSingleMetric('process_cpu_user_seconds_total') === undefined) collectDefaultMetrics();
  }

  /**
   * Answers `/health/live`, `/health/ready` and `/metrics`; null for any other
   * path.
   */
  async answer(path: string): Promise<Answer | null> {
    if (path === '/health/live') return { status: 200, contentType: 'application/json', body: '{"status":"live"}' };
    if (path === '/health/ready') return this.ready();
    if (path === '/metrics') return { status: 200, contentType: register.contentType, body: await register.metrics() };
    return null;
  }

  /**
   * Serves the three paths on a separate port. From then on api's public port
   * has no metrics: they name relays, halts and jobs.
   */
  async listen(port: number, address: string): Promise<void> {
    this.server = createServer((request, response) => void this.serve(request, response));
    await new Promise<void>((resolve, reject) => {
      this.server?.once('error', reject).listen(port, address, () => {
        resolve();
      });
    });
  }

  /**
   * Middleware of api's server: answers its own paths, and passes all others
   * on.
   */
  async serve(request: IncomingMessage, response: ServerResponse, next?: () => void): Promise<void> {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const isHidden = path === '/metrics' && next !== undefined && (this.isHidden || this.server !== null);
    const answer = isHidden ? null : await this.answer(path);
    if (answer === null && next !== undefined) {
      next();
      return;
    }
    const { status, contentType, body } = answer ?? {
      status: 404,
      contentType: 'text/plain',
      body: 'Here are only /health/live, /health/ready and /metrics.\n',
    };
    const headers = { 'content-type': contentType, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
    response.writeHead(status, headers).end(body);
  }

  /** Answers nothing about metrics on api's public port. */
  hideMetrics(): void {
    this.isHidden = true;
  }

  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  onApplicationShutdown(): void {
    this.server?.close();
  }

  private async ready(): Promise<Answer> {
    const checks = {
      process: this.stopping ? 'stopping' : 'ok',
      database: await this.checked(() => this.reachDatabase()),
      queue: await this.checked(() => this.jobs.reachable()),
    };
    const ready = Object.values(checks).every((state) => state === 'ok');
    return {
      status: ready ? 200 : 503,
      contentType: 'application/json',
      body: JSON.stringify({ status: ready ? 'ready' : 'not ready', checks }),
    };
  }

  private async reachDatabase(): Promise<void> {
    await this.database.inTransaction(OPERATIONS, () => this.database.query('SELECT 1'));
  }

  private async checked(check: () => Promise<void>): Promise<'ok' | 'unreachable'> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'unreachable'>((resolve) => {
      timer = setTimeout(() => {
        resolve('unreachable');
      }, 2000);
    });
    const result = await Promise.race([
      check().then(
        () => 'ok' as const,
        () => 'unreachable' as const,
      ),
      late,
    ]);
    clearTimeout(timer);
    return result;
  }
}
