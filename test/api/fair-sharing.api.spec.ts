import { aLargeList } from '../support/large-list.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

/** More than the queue of backlogs has room for. */
const MANY = 1_500;
/** Two chunks of two hundred. */
const WAITING = 400;

describe('a partner with few due, beside one whose backlog fills its queue', () => {
  let stage: TestProduct;
  beforeAll(async () => {
    // Whoever works on the backlog has all hands full.
    stage = await openTestProduct({ INITIAL_HOLD_MINUTES: '0' }, { delivery: 0, 'delivery-ahead': 1 });
    stage.toWorkingHours();
  });
  afterAll(() => stage.close());

  it('does not wait for room in that queue, and none is made for the backlog', async () => {
    const { versionId } = stage.campaign;
    const many = await aLargeList(stage.api, stage.partner, MANY, 'many');
    await stage.launch(stage.partner.owner, { versionId, listId: many }).expect(201);
    const leased = async (): Promise<number> =>
      (await stage.api.asOwner(`SELECT 1 FROM delivery.message WHERE state = 'leased'`)).length;
    await until(async () => (await leased()) >= WAITING, 'a full queue');

    const few = await stage.aCompletePartner(undefined, { name: 'Few Ltd' });
    const list = await aLargeList(stage.api, few, 3, 'few');
    await stage.launch(few.owner, { versionId, listId: list }).expect(201);
    for (const n of [1, 2, 3]) await stage.mailTo(`p${n}@few.example`);
    expect(await leased()).toBe(WAITING);
  });
});
