import { UpdateRuns } from '#activations';
import { publish, wholeCampaign } from '../support/campaigns.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';

/** As many as a large vendor has; without LONG=1 a tenth of them. */
const [ACTIVATIONS, CONTACTS_EACH] = process.env['LONG'] === '1' ? [2_000, 250] : [200, 250];
/** Heap that may be in use in addition after all of them: what is cached, and nothing that grows with contacts. */
const MOST_MORE_MB = 150;
const ALL_DAYS = { from: '06:00', to: '20:00', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] };
const EMAILS = ['welcome', 'proof', 'workshop'];
const sequence = (...keys: string[]) => ({
  sequence: {
    window: ALL_DAYS,
    steps: keys.flatMap((key, at) => [
      ...(at === 0 ? [] : [{ key: `before-${key}`, wait: { days: 2 } }]),
      { key, email: EMAILS[at] },
    ]),
  },
});

describe(`an update of ${ACTIVATIONS} running campaigns with ${ACTIVATIONS * CONTACTS_EACH} contacts in flight`, () => {
  let stage: TestProduct;
  let path: string;

  beforeAll(async () => {
    stage = await openTestProduct();
    stage.toWorkingHours();
    const { editor, approver, groupId } = stage.vendor;
    const offer = { partnerGroupIds: [groupId], opensOn: stage.day(0), closesOn: stage.day(300) };
    const first = await publish(stage.vendor, await wholeCampaign('many', undefined, sequence('a', 'b', 'c')), offer);
    const { id } = await stage.running(stage.partner.owner, {
      versionId: first.versionId,
      startAt: stage.inDays(20),
    });
    // Copies of the one that was launched: the row and its contacts.
    await stage.api.asOwner(
      `WITH copy AS (
         INSERT INTO activations.activation
         SELECT (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'slug', 'many-' || n, 'idempotency_key', 'many-' || n))).*
         FROM activations.activation a, generate_series(1, ${ACTIVATIONS}) n WHERE a.id = $1 RETURNING id, partner_id)
       INSERT INTO sequences.enrolment (id, activation_id, partner_id, contact_id, locale, time_zone, time_zone_source, state, step_key, due_at,
         since, enrolled_at)
       SELECT gen_random_uuid(), copy.id, copy.partner_id, gen_random_uuid(), 'en', 'UTC', 'country', 'waiting', (ARRAY['a', 'b', 'c'])[1 + n % 3],
         now() + interval '30 days', now(), now()
       FROM copy, generate_series(1, ${CONTACTS_EACH}) n`,
      [id],
    );
    const zip = await wholeCampaign('many', undefined, sequence('a', 'c', 'd'));
    const versions = `/api/v1/campaigns/${first.campaignId}/versions`;
    await editor.post(versions).attach('package', zip, 'next.zip').expect(201);
    path = `${versions}/2`;
    await editor.post(`${path}/submit`).expect(200);
    await approver.post(`${path}/approve`).expect(200);
    await editor.post(`${path}/publish`, offer).expect(200);
  }, 300_000);
  afterAll(() => stage.close());

  const positions = () =>
    stage.api.asOwner<{ all: string }>(
      `SELECT md5(string_agg(id || coalesce(step_key, '') || due_at || edition, ',' ORDER BY id)) AS all FROM sequences.enrolment`,
    );
  const heapMb = (): number => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };

  it('is planned in seconds, rewrites no contact, and needs memory for one of them at a time', async () => {
    const before = await positions();
    const planned = performance.now();
    const { body } = await stage.vendor.editor.get(`${path}/update`).expect(200);
    const planMs = performance.now() - planned;
    expect(body.plans[0]).toMatchObject({ number: 1, partners: 1, activations: ACTIVATIONS + 1 });
    await stage.vendor.editor.post(`${path}/update`, { choice: 'take-over' }).expect(200);
    const runs = stage.api.app.get(UpdateRuns, { strict: false });
    await runs.runDue();
    const [startMb, began] = [heapMb(), performance.now()];
    const states = async () => (await stage.vendor.editor.get(`${path}/update`).expect(200)).body.updates[0].states;
    while ((await states()).waiting > 0) await runs.runDue();
    const seconds = (performance.now() - began) / 1000;
    const moreMb = heapMb() - startMb;
    process.stdout.write(
      `${ACTIVATIONS} activations, ${ACTIVATIONS * CONTACTS_EACH} contacts: planned in ${planMs.toFixed(0)} ms, updated in ` +
        `${seconds.toFixed(1)} s (${((1000 * seconds) / ACTIVATIONS).toFixed(0)} ms each), ${moreMb.toFixed(0)} MB more\n`,
    );
    expect((await states()).done).toBe(ACTIVATIONS + 1);
    expect(await positions()).toEqual(before);
    expect(planMs).toBeLessThan(5_000);
    expect(moreMb).toBeLessThan(MOST_MORE_MB);
  }, 900_000);
});
