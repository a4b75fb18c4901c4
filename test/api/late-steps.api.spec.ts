import type { LateView } from '#contracts';
import { HOUR_MS } from '#kernel';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

describe('resuming what was held', () => {
  let stage: TestProduct;
  beforeAll(async () => {
    stage = await openTestProduct();
  });
  afterAll(() => stage.close());

  it('is told before: who goes on at once, who in the hours of the next day; and so it comes', async () => {
    const { api, partner } = stage;
    const run = await stage.running(partner.owner, { startAt: stage.inDays(1) });
    const late = async (): Promise<LateView['steps']> =>
      ((await partner.owner.get(`${run.path}/late`).expect(200)).body as LateView).steps;
    const isEnrolled = async (): Promise<boolean> =>
      (await api.asOwner('SELECT 1 FROM sequences.enrolment WHERE activation_id = $1', [run.id])).length === 1;
    await until(isEnrolled, 'the enrolment');
    await partner.owner.post(`${run.path}/hold`).expect(200);
    expect(await late()).toEqual([]);

    // A Wednesday, two in the afternoon: late, and within the hours of the
    // sequence.
    api.clock.advance(26 * HOUR_MS);
    expect(await late()).toEqual([{ stepKey: 'welcome', kind: 'email', now: 1, later: 0, laterFrom: null, passed: 0 }]);

    api.clock.advance(8 * HOUR_MS);
    const [step, ...others] = await late();
    expect(others).toEqual([]);
    expect(step).toMatchObject({ stepKey: 'welcome', now: 0, later: 1, passed: 0 });
    const from = new Date(step!.laterFrom!).getTime();
    expect(from).toBeGreaterThan(api.clock.now().getTime());

    await partner.owner.post(`${run.path}/resume`).expect(200);
    await until(async () => {
      const [row] = await api.asOwner<{ at: Date }>(
        'SELECT due_at AS at FROM sequences.enrolment WHERE activation_id = $1',
        [run.id],
      );
      return row?.at.getTime() === from;
    }, 'the next opening');
    expect(stage.mails.to(run.email)).toEqual([]);
    api.clock.advance(from - api.clock.now().getTime() + HOUR_MS);
    await stage.mailTo(run.email);
  });

  it('is told of one’s own alone', async () => {
    const { path } = await stage.running();
    const other = await stage.aCompletePartner(undefined, { name: 'Kessler Networks' });
    await other.owner.get(`${path}/late`).expect(404);
  });
});
