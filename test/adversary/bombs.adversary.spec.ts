import { rmSync } from 'node:fs';
import { freePort } from '../../apps/standalone/src/embedded-postgres.js';
import { freePorts, Standalone } from '../journeys/standalone.js';
import { newSeededFolder } from '../support/data-folder.mjs';
import { Attacker, Bystander } from './attacker.js';
import { sendBombs } from './bomb-run.js';
import { FAST_CORPUS } from './corpus.js';

const PASSWORD = 'northwind demo';

describe('the product in one process', () => {
  const { folder, data } = newSeededFolder('bombs');
  let standalone: Standalone;
  let attacker: Attacker;
  let bystander: Bystander;

  beforeAll(async () => {
    const inboundPort = await freePort();
    const settings = { LOG_LEVEL: 'warn', INBOUND_SMTP_PORT: String(inboundPort) };
    standalone = await Standalone.start(data, await freePorts(), settings);
    attacker = await Attacker.signIn(standalone.url, inboundPort, PASSWORD);
    bystander = await Bystander.start(standalone.url, PASSWORD);
  });
  afterAll(async () => {
    await bystander.stop();
    await attacker.close();
    await standalone.server.end('SIGINT');
    rmSync(folder, { recursive: true, force: true });
  });

  it('answers files that exhaust what opens them, and keeps answering others', async () => {
    const report = await sendBombs(FAST_CORPUS, attacker, bystander, [standalone.server.pid]);
    expect(report.faults).toEqual([]);
    expect(report.sent).toBe(FAST_CORPUS.length);
  });
});
