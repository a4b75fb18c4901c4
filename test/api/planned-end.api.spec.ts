import { ActivationControl } from '#activations';
import { publish } from '../support/campaigns.js';
import { campaignOf, StillClock } from '../support/dry-run-agreement.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const ENDED = ['completed', 'stopped'];

/**
 * A vendor's campaign that ends at once for all contacts without a value of a
 * field. When the activation is over must not tell the vendor the value.
 */
describe('the end of an activation, as its vendor sees it', () => {
  let stage: TestProduct;
  let path: string;
  const activations: string[] = [];

  beforeAll(async () => {
    stage = await openTestProduct({}, {}, { clock: new StillClock() });
    stage.toWorkingHours();
    const steps = [
      { key: 'ask', branch: [{ field: 'company', is: ['Juniper Software'], then: 'wait' }], else: 'end' },
      { key: 'wait', wait: { days: 5 } },
      { key: 'mail', email: 'm0' },
    ];
    const { versionId, campaignId } = await publish(stage.vendor, await campaignOf(steps, 'planned-end'), {
      partnerGroupIds: [stage.vendor.groupId],
      opensOn: stage.day(0),
      closesOn: stage.day(300),
    });
    path = `/api/v1/campaigns/${campaignId}`;
    for (const company of ['Juniper Software', 'Another']) {
      const { owner } = await stage.aCompletePartner();
      const list = await stage.aList(owner, [{ company }]);
      const { body } = await stage.launch(owner, { versionId, listId: list.id }).expect(201);
      activations.push((body as { id: string }).id);
    }
    const [, finished] = activations;
    await until(
      async () => (await statuses()).find(({ id }) => id === finished)?.status === 'completed',
      'the end of the one without the value',
    );
  });
  afterAll(() => stage.close());

  const statuses = (): Promise<{ id: string; status: string }[]> =>
    stage.api.asOwner('SELECT id, status FROM activations.activation WHERE id = ANY ($1)', [activations]);
  /** Everything that the vendor reads of each of the two, without its ids. */
  const seen = async (): Promise<object[]> => {
    const { body } = await stage.vendor.editor.get(`${path}/activations`).expect(200);
    const { items } = body as { items: { id: string; partnerId: string }[] };
    const events = await stage.api.asOwner<{ id: string; type: string; reason: string; at: Date }>(
      `SELECT data ->> 'activationId' AS id, type, data ->> 'reason' AS reason, occurred_at AS at
       FROM webhooks.event WHERE organisation_id = $1 ORDER BY position`,
      [stage.vendor.vendorId],
    );
    return activations.map((id) => ({
      page: { ...items.find((item) => item.id === id), id: '', partnerId: '' },
      events: events.filter((event) => event.id === id).map((event) => ({ ...event, id: '' })),
    }));
  };
  const partnersRunning = async (): Promise<number | null> => {
    const { body } = await stage.vendor.editor.get('/api/v1/campaigns?limit=200').expect(200);
    const { items } = body as { items: { id: string; partnersRunning: number | null }[] };
    return items.find(({ id }) => path.endsWith(id))?.partnersRunning ?? null;
  };

  it('is the same with and without the value while one of them runs', async () => {
    expect((await statuses()).filter(({ status }) => ENDED.includes(status))).toHaveLength(1);
    const [running, finished] = await seen();
    expect(finished).toEqual(running);
    expect(running).toMatchObject({ page: { status: 'active', heldReason: null, endedAt: null } });
    expect(await partnersRunning()).toBe(2);
  });

  it('is not later than the last day of the campaign', async () => {
    const { page } = (await seen())[0] as { page: { plannedEndAt: string; lastOn: string } };
    const planned = new Date(Date.parse(page.plannedEndAt) - 86_400_000).toISOString().slice(0, 10);
    expect(page.lastOn).toBe(planned);
    const save = async (expiresOn: string | null): Promise<void> => {
      const lifetime = { reviewOn: null, expiresOn, pagesAfterEnd: 'leads' };
      await stage.vendor.editor.put(`${path}/lifetime`, lifetime).expect(200);
    };
    await save(stage.day(3));
    for (const one of await seen())
      expect(one).toMatchObject({ page: { lastOn: stage.day(3), plannedEndAt: page.plannedEndAt } });
    await save(stage.day(200));
    expect((await seen())[0]).toMatchObject({ page: { lastOn: planned } });
    await save(null);
  });

  it('comes on the planned day for both', async () => {
    const [{ page }] = (await seen()) as [{ page: { plannedEndAt: string; launchedAt: string } }];
    const aheadMs = Date.parse(page.plannedEndAt) - stage.api.clock.now().getTime();
    expect(Math.floor(aheadMs / 86_400_000)).toBe(12);
    stage.api.clock.advance(aheadMs);
    const control = stage.api.app.get(ActivationControl, { strict: false });
    await control.notifyOfPlannedEnds();
    await control.notifyOfPlannedEnds();
    const [first, second] = await seen();
    expect(second).toEqual(first);
    expect(first).toMatchObject({ page: { status: 'over', endedAt: null } });
    expect((first as { events: object[] }).events).toMatchObject([
      { type: 'activation.launched' },
      { type: 'activation.completed', reason: 'the planned day' },
    ]);
    expect(await partnersRunning()).toBe(0);
  });
});
