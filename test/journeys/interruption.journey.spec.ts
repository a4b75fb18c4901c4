import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { ActivationDetail } from '#contracts';
import { until } from '../support/until.js';
import { mondayMorning } from './calendar.js';
import { launchToReaders, readers } from './launch-to-readers.js';
import { Person } from './person.js';
import { freePorts, Standalone, type StandalonePorts, startStandalone } from './standalone.js';
import { newDataFolder } from '../support/data-folder.mjs';

describe('the product in one process', () => {
  const folder = newDataFolder('interruption');
  const data = join(folder, 'data');
  let ports: StandalonePorts;
  let standalone: Standalone;

  beforeAll(async () => {
    ports = await freePorts();
    standalone = await Standalone.start(data, ports);
  });
  afterAll(async () => {
    await standalone.server.end('SIGINT');
    rmSync(folder, { recursive: true, force: true });
  });

  const signIn = (): Promise<Person> => Person.signIn(standalone.url, 'olivia@brightwater.example', 'northwind demo');
  const mails = async (): Promise<Map<string, number>> => {
    const counts = new Map(readers.map((address) => [address, 0]));
    for (const { to } of await standalone.mailbox.overview())
      if (counts.has(to)) counts.set(to, (counts.get(to) ?? 0) + 1);
    return counts;
  };
  const arrived = async (): Promise<number> => [...(await mails()).values()].filter((count) => count > 0).length;

  it('loses and repeats nothing after Ctrl-C while sending and a restart', async () => {
    let olivia = await signIn();
    await standalone.reach(mondayMorning(await standalone.now()));
    const id = await launchToReaders(olivia);
    await until(async () => (await arrived()) > 0);
    expect(await standalone.server.end('SIGINT')).toBe(0);
    expect(standalone.server.output).toContain('stopped');

    standalone = await Standalone.start(data, ports);
    const before = await arrived();
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(readers.length);
    olivia = await signIn();
    const sent = async (): Promise<number> =>
      (await olivia.call(`activations/${id}`, ActivationDetail)).steps[0]?.sent ?? 0;
    // How long all take depends on the machine; that nothing moves for a minute does not.
    for (let now = await sent(); now < readers.length; now = await sent())
      await until(async () => (await sent()) > now, `more than ${now} mails to be sent`, 60_000);
    expect([...(await mails()).values()].filter((count) => count !== 1)).toEqual([]);
    expect(standalone.server.errors).toEqual([]);
  }, 900_000);

  it('is refused a second time on the same data folder, in one line that says how to correct it', async () => {
    const second = startStandalone(data, await freePorts());
    expect(await second.ended).toBe(1);
    expect(refusalOf(second.output)).toMatch(/^Throughline already runs on .*--data/);
    expect((await fetch(`${standalone.url}/health/ready`)).status).toBe(200);
  });

  it('is refused a port that is taken, in one line that says how to correct it', async () => {
    const other = await freePorts();
    for (const [flag, port] of [
      ['--port', other.port],
      ['--mailbox-port', other.mailboxPort],
      ['--smtp-port', other.smtpPort],
    ] as const) {
      const holder = await hold(port);
      const refused = startStandalone(join(folder, 'other'), other);
      expect(await refused.ended).toBe(1);
      expect(refusalOf(refused.output)).toMatch(new RegExp(`^Port ${port} .* is taken .*${flag} ${port + 1}$`));
      await new Promise((resolve) => holder.close(resolve));
    }
  });

  it('is refused a folder that is not writable, in one line that says how to correct it', async () => {
    writeFileSync(join(folder, 'file'), '');
    const refused = startStandalone(join(folder, 'file', 'below'), await freePorts());
    expect(await refused.ended).toBe(1);
    expect(refusalOf(refused.output)).toMatch(/^The folder .* is not writable .*--data/);
  });
});

/** The line in which a process says why it does not start. */
function refusalOf(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  expect(lines).toHaveLength(1);
  return lines[0] ?? '';
}

function hold(port: number): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer().listen(port, '127.0.0.1', () => {
      resolve(server);
    });
  });
}
