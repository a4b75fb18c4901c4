import { rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { newDataFolder } from '../support/data-folder.mjs';
import { Person } from './person.js';
import { ServerProcess } from './processes.js';
import { freePorts } from './standalone.js';

const OLIVIA = 'olivia@brightwater.example';
/** An address of this machine at which a server on 127.0.0.1 does not answer. */
const OTHER_ADDRESS = '127.0.0.2';

const answersAt = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, OTHER_ADDRESS, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });

describe('npm start that other machines reach', () => {
  const data = newDataFolder('open-host');
  let server: ServerProcess;
  let url: string;
  let ports: Awaited<ReturnType<typeof freePorts>>;

  const start = async (): Promise<string> => {
    const { port, mailboxPort, smtpPort } = ports;
    const flags = { port, 'mailbox-port': mailboxPort, 'smtp-port': smtpPort, data, host: '0.0.0.0', demo: 'fresh' };
    server = ServerProcess.start(
      'standalone',
      Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, String(value)]),
    );
    await server.untilUp(() => server.output.includes('Throughline is ready'));
    return new RegExp(`${OLIVIA} +([\\w-]{16})  `).exec(server.output)?.[1] ?? '';
  };

  beforeAll(async () => {
    ports = await freePorts();
    url = `http://${OTHER_ADDRESS}:${ports.port}`;
  });
  afterAll(async () => {
    await server.end('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  });

  it('prints a random first password once, and has no account with the known one', async () => {
    const password = await start();
    expect(password).not.toBe('');
    expect(server.output).not.toContain('northwind demo');
    await expect(Person.signIn(url, OLIVIA, 'northwind demo')).rejects.toThrow();
    await Person.signIn(url, OLIVIA, password);
  }, 150_000);

  it('has neither a page for the clock, nor metrics, nor a public inbox', async () => {
    for (const path of ['/api/v1/clock', '/time', '/metrics']) expect((await fetch(url + path)).status).toBe(404);
    expect((await fetch(`${url}/api/v1/clock/advance`, { method: 'POST' })).ok).toBe(false);
    expect(await answersAt(ports.port)).toBe(true);
    expect([await answersAt(ports.mailboxPort), await answersAt(ports.smtpPort)]).toEqual([false, false]);
  });

  it('keeps the password of its database for its owner alone', () => {
    expect(statSync(join(data, 'database-password')).mode & 0o777).toBe(0o600);
  });

  it('does not print the password again', async () => {
    await server.end('SIGINT');
    expect(await start()).toBe('');
    expect(server.output).toContain('the one that the first start printed');
  }, 150_000);
});
