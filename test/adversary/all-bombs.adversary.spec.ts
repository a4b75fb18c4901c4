import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { readConfig } from '#config';
import { PlatformModule } from '#platform';
import { Starter, StarterModule } from '#starter';
import { freePort } from '../../apps/standalone/src/embedded-postgres.js';
import { Distributed } from '../journeys/distributed.js';
import { freePorts, Standalone } from '../journeys/standalone.js';
import { newDataFolder } from '../support/data-folder.mjs';
import { Attacker, Bystander } from './attacker.js';
import type { Bomb } from './bomb.js';
import { type BombReport, sendBombs } from './bomb-run.js';
import { CORPUS } from './corpus.js';

const PASSWORD = 'northwind demo';
const HOURS_MS = 3 * 3_600_000;

/**
 * All bombs take an hour. BOMBS=100 SEED=7 sends that many, drawn by the seed:
 * runs with the seeds of some nights are a run of all.
 */
const SENT = sampleOf(CORPUS, Number(process.env['BOMBS'] ?? CORPUS.length), Number(process.env['SEED'] ?? 1));

/** In the order of the corpus. */
function sampleOf(bombs: readonly Bomb[], count: number, seed: number): readonly Bomb[] {
  const rank = ({ name, entrance }: Bomb): string =>
    createHash('sha256').update(`${seed} ${entrance} ${name}`).digest('hex');
  const chosen = new Set([...bombs].sort((one, two) => (rank(one) < rank(two) ? -1 : 1)).slice(0, count));
  return bombs.filter((bomb) => chosen.has(bomb));
}

async function attack(url: string, inboundPort: number, pids: readonly number[]): Promise<BombReport> {
  const attacker = await Attacker.signIn(url, inboundPort, PASSWORD);
  const bystander = await Bystander.start(url, PASSWORD);
  try {
    const report = await sendBombs(SENT, attacker, bystander, pids);
    process.stdout.write(`bombs, ${pids.length} processes: ${JSON.stringify(report)}\n`);
    return report;
  } finally {
    await bystander.stop();
    await attacker.close();
  }
}

/** Fills the database with the demonstration, through the running processes. */
async function seed(environment: Readonly<Record<string, string>>): Promise<void> {
  @Module({
    imports: [
      PlatformModule.forRoot({ config: readConfig(environment), processName: 'seed', queue: 'bull', consume: {} }),
      StarterModule,
    ],
  })
  class Seeding {}
  const app = await NestFactory.createApplicationContext(Seeding, { logger: false, abortOnError: false });
  try {
    await app.get(Starter).seed(
      (_, work) => work(),
      null,
      () => Promise.resolve(),
    );
  } finally {
    await app.close();
  }
}

it('has a corpus of 300 bombs and more', () => {
  expect(CORPUS.length).toBeGreaterThanOrEqual(300);
});

describe('every bomb', () => {
  it(
    'is answered by the product in one process, and others notice nothing',
    async () => {
      const data = newDataFolder('all-bombs');
      const inboundPort = await freePort();
      const settings = { LOG_LEVEL: 'warn', INBOUND_SMTP_PORT: String(inboundPort) };
      const standalone = await Standalone.start(data, await freePorts(), settings);
      try {
        const { faults, sent } = await attack(standalone.url, inboundPort, [standalone.server.pid]);
        expect(faults).toEqual([]);
        expect(sent).toBe(SENT.length);
      } finally {
        await standalone.server.end('SIGINT');
        rmSync(data, { recursive: true, force: true });
      }
    },
    HOURS_MS,
  );

  it(
    'is answered by separate processes, and others notice nothing',
    async () => {
      const inboundPort = await freePort();
      const distributed = await Distributed.start(inboundPort);
      try {
        await seed(distributed.environment);
        const pids = [...distributed.members.values()].map(({ pid }) => pid);
        const { faults, sent } = await attack(distributed.url, inboundPort, pids);
        expect(faults).toEqual([]);
        expect(sent).toBe(SENT.length);
      } finally {
        await distributed.end();
      }
    },
    HOURS_MS,
  );
});
