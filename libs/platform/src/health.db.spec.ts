import { connect, createServer, type Server, type Socket } from 'node:net';
import { Test, type TestingModule } from '@nestjs/testing';
import { DatabaseModule } from '#database';
import { JobsModule } from '#jobs';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { HealthService } from './health.service.js';

/** A TCP connection that a test can cut and restore. */
class Line {
  private readonly sockets = new Set<Socket>();
  private server: Server | null = null;
  port = 0;

  constructor(
    private readonly host: string,
    private readonly to: number,
  ) {}

  async mend(): Promise<void> {
    this.server = createServer((near) => {
      const far = connect(this.to, this.host);
      for (const socket of [near, far]) {
        this.sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
      }
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => this.server?.listen(this.port, '127.0.0.1', resolve));
    const address = this.server.address();
    this.port = typeof address === 'object' && address !== null ? address.port : 0;
  }

  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.server?.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}

describe('the health endpoints', () => {
  let database: TestDatabase;
  let line: Line;
  let module: TestingModule;
  let health: HealthService;

  beforeAll(async () => {
    database = await createTestDatabase();
    const url = new URL(database.url);
    // The line leads to the port, not to the socket.
    url.search = '';
    line = new Line(url.hostname, Number(url.port));
    await line.mend();
    url.host = `127.0.0.1:${line.port}`;
    module = await Test.createTestingModule({
      imports: [
        DatabaseModule.forRoot({ url: url.href, poolSize: 2, processName: 'test' }),
        JobsModule.forRoot({ driver: { kind: 'in-process' }, consume: {} }),
      ],
      providers: [HealthService],
    }).compile();
    await module.init();
    health = module.get(HealthService);
  });
  afterAll(async () => {
    await module.close();
    await line.cut();
    await database.drop();
  });

  const ready = async (): Promise<[number | undefined, unknown]> => {
    const answer = await health.answer('/health/ready');
    return [answer?.status, (JSON.parse(answer?.body ?? '{}') as { checks?: unknown }).checks];
  };
  const statusOf = async (path: string): Promise<number | undefined> => (await health.answer(path))?.status;

  it('report ready while everything answers', async () => {
    expect(await ready()).toEqual([200, { process: 'ok', database: 'ok', queue: 'ok' }]);
    expect(await statusOf('/health/live')).toBe(200);
  });

  it('have the metrics of the process and of the product', async () => {
    const figures = (await health.answer('/metrics'))?.body ?? '';
    for (const name of [
      'process_cpu_user_seconds_total',
      'nodejs_eventloop_lag_p99_seconds',
      'throughline_job_seconds',
    ])
      expect(figures).toContain(`# TYPE ${name} `);
  });

  it('report live but not ready while PostgreSQL is down, and ready when it is back', async () => {
    await line.cut();
    expect(await ready()).toEqual([503, { process: 'ok', database: 'unreachable', queue: 'ok' }]);
    expect([await statusOf('/health/live'), await statusOf('/metrics')]).toEqual([200, 200]);
    await line.mend();
    expect(await ready()).toEqual([200, { process: 'ok', database: 'ok', queue: 'ok' }]);
  });
});
