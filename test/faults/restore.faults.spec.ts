import { join } from 'node:path';
import { until } from '../support/until.js';
import { FaultSite } from './fault-site.js';

const isLong = process.env['LONG'] === '1';
const MESSAGES = isLong ? 2_000 : 200;
const MINUTES = 60_000;

/**
 * A restored backup: nothing is sent until an operator confirms it. After that,
 * no message is sent twice and none of the backup is lost. A message that may
 * have been sent is unknown, and the log of the relay resolves it.
 */
describe('a backup that is restored under two schedulers', () => {
  let faults: FaultSite;
  beforeAll(async () => {
    faults = await FaultSite.open({ connections: 8, leaseSeconds: 6 });
    await Promise.all(['scheduler-1', 'scheduler-2'].map((name) => faults.start(name)));
  }, 3 * MINUTES);
  afterAll(() => faults.close(), MINUTES);

  const idsIn = async (state: string): Promise<string[]> =>
    (await faults.site.api.asOwner<{ id: string }>('SELECT id FROM delivery.message WHERE state = $1', [state])).map(
      ({ id }) => id,
    );
  const taken = (): number => [...faults.server.accepted.values()].reduce((sum, count) => sum + count, 0);
  const isHalted = async (): Promise<boolean> =>
    (
      await faults.site.api.asOwner(
        `SELECT 1 FROM delivery.halt WHERE cause = 'restore' AND scope = 'everything' AND lifted_at IS NULL`,
      )
    ).length === 1;

  it(
    'sends nothing before it is confirmed, nothing twice afterwards, and everything once with the relay’s log',
    async () => {
      const { server, site } = faults;
      const backup = join(site.folder, 'backup');
      const [partner, waiting] = [await site.aPartner('Brightwater IT'), await site.aPartner('Waiting IT')];
      await faults.operate('halt', 'partner', waiting.id, '--reason', 'a test');
      await site.launch(waiting, MESSAGES / 10);
      await site.launch(partner, MESSAGES);
      await until(() => server.accepted.size > MESSAGES / 4, 'a part of the mails', MINUTES);
      await site.postgres.backUp(backup);
      const known = new Set(
        (await site.api.asOwner<{ id: string }>('SELECT id FROM delivery.message')).map(({ id }) => id),
      );
      await until(async () => (await faults.open()) === MESSAGES / 10, 'the rest of them', 2 * MINUTES);
      await site.launch(partner, MESSAGES / 10);
      await until(async () => (await faults.open()) === MESSAGES / 10, 'those of after the backup', 2 * MINUTES);

      await faults.kill('scheduler-2');
      await site.postgres.restore(backup);
      await faults.start('scheduler-2');
      await until(isHalted, 'the halt of everything', MINUTES);
      const before = taken();
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      expect(taken()).toBe(before);
      await faults.operate('confirm-restore', '--until', new Date().toISOString());
      await faults.operate('lift', 'partner', waiting.id);
      // Its journal has attempts that the database does not have.
      await faults.kill('scheduler-1');
      await faults.start('scheduler-1');
      await faults.settled(2 * MINUTES);
      expect(taken()).toBe(before);
      expect(await faults.reckon()).toMatchObject({ lost: 0, twice: 0, unaccounted: 0 });

      const unknown = await idsIn('unknown');
      const [there, missing] = [true, false].map((is) => unknown.filter((id) => server.accepted.has(id) === is));
      expect(missing?.length).toBeGreaterThanOrEqual(MESSAGES / 10);
      // A backup is as of its end, and journals have what came later.
      // So no message is known to the relay's log alone.
      if ((there ?? []).length > 0) await faults.operate('resolve', 'accepted', ...(there ?? []));
      await faults.operate('resolve', 'redrive', ...(missing ?? []));
      await faults.settled(2 * MINUTES);
      const end = await faults.reckon();
      process.stdout.write(
        `restored: ${JSON.stringify({ known: known.size, there: there?.length, missing: missing?.length, ...end })}\n`,
      );
      expect(end).toMatchObject({ lost: 0, twice: 0, unaccounted: 0, unknownLeft: 0 });
      const ledger = await idsIn('accepted');
      expect(ledger).toHaveLength(MESSAGES + MESSAGES / 10);

      // Later launches are sent as usual.
      await site.launch(partner, 10);
      await faults.settled(2 * MINUTES);
      expect(await faults.reckon()).toMatchObject({ lost: 0, twice: 0, unknownLeft: 0 });
    },
    10 * MINUTES,
  );
});
