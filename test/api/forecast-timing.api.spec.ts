import type { ProgrammeDryRunView } from '#contracts';
import { HOUR_MS } from '#kernel';
import { publish, type UploadedVersion } from '../support/campaigns.js';
import { campaignOf, crowd } from '../support/dry-run-agreement.js';
import { ReplayClock } from '../support/replay-clock.js';
import { openTestProduct, type TestPartner, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const PAIRS = Number(process.env['PAIRS'] ?? 100);
const SIZES = { few: 10, many: 100_000 } as const;
type Size = keyof typeof SIZES;
/** A forecast that takes longer may be shown an hour later. */
const MAX_MS = 45 * 60_000;

/**
 * The same forecast with 10 and with 100,000 contacts of one partner. Real time
 * passes while it is computed, from every minute of an hour on.
 */
describe('the moment at which a forecast is shown', () => {
  const clock = new ReplayClock(true);
  const lists: Record<Size, string> = { few: '', many: '' };
  let stage: TestProduct;
  let version: UploadedVersion;

  beforeAll(async () => {
    stage = await openTestProduct({}, { forecasts: 1 }, { clock });
    for (const size of ['few', 'many'] as const) {
      lists[size] = await crowd(stage, stage.partner, SIZES[size], `${size}-`);
      await stage.partner.owner.patch(`/api/v1/contact-lists/${lists[size]}`, { name: size }).expect(200);
    }
    await stage.running(stage.partner.owner);
    for (let own = 0; own < 4; own++) await joined(await stage.aCompletePartner(stage.vendor, { name: `Own ${own}` }));
    await stage.api.asOwner(`UPDATE organisations.membership SET joined_at = joined_at - interval '31 days'`);
    await stage.api.asOwner('ANALYZE');
    const steps = [{ key: 'mail', email: 'm0' }];
    version = await publish(stage.vendor, await campaignOf(steps, 'timing'), {
      partnerGroupIds: [stage.vendor.groupId],
      opensOn: stage.day(0),
      closesOn: stage.day(300),
    });
  }, 900_000);
  afterAll(() => stage.close());

  async function joined(partner: TestPartner): Promise<void> {
    await stage.running(partner.owner);
    const listId = await crowd(stage, partner, SIZES.few, `of-${partner.id.slice(-6)}-`);
    await partner.owner.patch(`/api/v1/contact-lists/${listId}`, { isDefault: true }).expect(200);
  }
  const read = async (): Promise<NonNullable<ProgrammeDryRunView['forecast']>> =>
    ((await stage.vendor.editor.get(`${version.path}/programme-dry-run`).expect(200)).body as ProgrammeDryRunView)
      .forecast!;
  const isComputed = async (): Promise<boolean> =>
    (await stage.api.asOwner('SELECT 1 FROM release.release')).length > 0;

  /** @returns the hour at which it is shown, and how long the work took. */
  const shown = async (size: Size, from: Date): Promise<{ readonly at: string; readonly tookMs: number }> => {
    await stage.partner.owner.patch(`/api/v1/contact-lists/${lists[size]}`, { isDefault: true }).expect(200);
    await stage.api.asOwner(
      `DO $$ BEGIN SET LOCAL session_replication_role = 'replica'; DELETE FROM release.release; DELETE FROM release.reservation; END $$`,
    );
    clock.returnTo(from);
    const began = performance.now();
    const { body } = await stage.vendor.editor.post(`${version.path}/programme-dry-run`).expect(200);
    const { readyAt } = (body as ProgrammeDryRunView).forecast!;
    await until(isComputed, 'the forecast', MAX_MS);
    const tookMs = performance.now() - began;
    expect((await read()).run).toBeNull();
    clock.returnTo(new Date(Date.parse(readyAt) - 2_000));
    expect((await read()).run).toBeNull();
    clock.returnTo(new Date(readyAt));
    const forecast = await read();
    expect(forecast.run).not.toBeNull();
    return { at: forecast.readyAt, tookMs };
  };

  it(
    'is the same full hour for a short and a long list, in every pair',
    async () => {
      const hour = new Date(Math.ceil(clock.now().getTime() / HOUR_MS) * HOUR_MS);
      const took: Record<Size, number[]> = { few: [], many: [] };
      for (let pair = 0; pair < PAIRS; pair++) {
        // All minutes of the hour, the last second before a limit among them.
        const from = new Date(hour.getTime() + ((pair * 37) % 60) * 60_000 + (pair % 2 === 0 ? 0 : 58_500));
        const order = (pair * 7919) % 13 < 6 ? (['few', 'many'] as const) : (['many', 'few'] as const);
        const found = new Map<Size, string>();
        for (const size of order) {
          const { at, tookMs } = await shown(size, from);
          took[size].push(tookMs);
          found.set(size, at);
          expect(tookMs).toBeLessThan(MAX_MS);
          expect(at).toMatch(/:00:00\.000Z$/);
        }
        expect(found.get('many')).toBe(found.get('few'));
      }
      const median = (all: number[]): number => all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
      process.stdout.write(
        `${PAIRS} pairs; work: ${median(took.few).toFixed(0)} and ${median(took.many).toFixed(0)} ms\n`,
      );
      // Otherwise there was nothing to see.
      expect(median(took.many)).toBeGreaterThan(5 * median(took.few));
    },
    4 * HOUR_MS,
  );
});
