import { slowness } from '../adversary/attacker.js';
import { advantageOf } from '../adversary/game.js';
import { pDifferent, rightByTime, type TimePair } from '../adversary/paired-times.js';
import { publish, type UploadedVersion } from '../support/campaigns.js';
import { campaignOf } from '../support/dry-run-agreement.js';
import { ReplayClock } from '../support/replay-clock.js';
import { openTestProduct, type TestPartner, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const isLong = process.env['LONG'] === '1';
const PAIRS = Number(process.env['PAIRS'] ?? (isLong ? 400 : 40));
const PEOPLE = isLong ? 200 : 50;
const MINUTE_MS = 60_000;
/** On an idle machine; the times of a busy one spread as much wider. */
const MARGIN_MS = 250;
const WAIT_MS = 10 * MINUTE_MS;

/**
 * Partner A sends to some people while partner B sends, to the same people or to
 * others. B sends in both cases: how busy the product is tells nothing of a
 * person. What could tell is that both lock rows of the same people.
 */
describe('how long a partner’s mail takes while another writes to the same people', () => {
  // Real time passes, from the same second of a minute on.
  const clock = new ReplayClock(true);
  let stage: TestProduct;
  let a: TestPartner;
  let b: TestPartner;
  let ofA: UploadedVersion;
  let ofB: UploadedVersion;

  beforeAll(async () => {
    stage = await openTestProduct({ INITIAL_HOLD_MINUTES: '0' }, { delivery: 4 }, { clock });
    a = await stage.aCompletePartner();
    b = await stage.aCompletePartner();
    [ofA, ofB] = [await aCampaign('of-a'), await aCampaign('of-b')];
  });
  afterAll(() => stage.close());

  const aCampaign = async (name: string): Promise<UploadedVersion> =>
    publish(stage.vendor, await campaignOf([{ key: 'mail', email: 'm0' }], name), {
      partnerGroupIds: [stage.vendor.groupId],
      opensOn: stage.day(0),
      closesOn: stage.day(300),
    });
  const listOf = async ({ owner }: TestPartner, name: string): Promise<string> => {
    const people = Array.from({ length: PEOPLE }, (_, at) => ({ email: `${name}-${at}@customer.example` }));
    return (await stage.aList(owner, people)).id;
  };
  const launch = async ({ owner }: TestPartner, { versionId }: UploadedVersion, listId: string): Promise<string> => {
    const { body } = await stage.launch(owner, { versionId, listId }).expect(201);
    return (body as { id: string }).id;
  };
  const sentOf = async ({ owner }: TestPartner, id: string): Promise<number> => {
    const { body } = await owner.get(`/api/v1/activations/${id}`).expect(200);
    return (body as { steps: { sent: number }[] }).steps[0]?.sent ?? 0;
  };

  /** @returns how long A waits until it reads that all were sent, and the minutes that it is shown. */
  const sendingOf = async (name: string, byB: string): Promise<{ readonly ms: number; readonly minutes: string }> => {
    const [listA, listB] = [await listOf(a, name), await listOf(b, byB)];
    stage.toWorkingHours();
    const now = clock.now().getTime();
    clock.returnTo(new Date(Math.ceil(now / MINUTE_MS) * MINUTE_MS + 1_000));
    const idOfB = await launch(b, ofB, listB);
    const began = performance.now();
    const id = await launch(a, ofA, listA);
    await until(async () => (await sentOf(a, id)) === PEOPLE, 'the mail of A', WAIT_MS);
    const ms = performance.now() - began;
    await until(async () => (await sentOf(b, idOfB)) === PEOPLE, 'the mail of B', WAIT_MS);
    const rows = await stage.api.asOwner<{ minute: number }>(
      `SELECT DISTINCT (extract(epoch FROM date_trunc('minute', settled_at) - date_trunc('minute', a.launched_at)) / 60)::int AS minute
       FROM delivery.message m JOIN activations.activation a ON a.id = m.activation_id WHERE a.id = $1 ORDER BY 1`,
      [id],
    );
    return { ms, minutes: rows.map(({ minute }) => minute).join() };
  };

  it(
    'does not depend on the people that the other writes to',
    async () => {
      const pairs: TimePair[] = [];
      let [differing, factor] = [0, 0];
      for (let pair = 0; pair < PAIRS; pair++) {
        const found = new Map<string, { readonly ms: number; readonly minutes: string }>();
        const order = (pair * 7919) % 13 < 6 ? (['same', 'other'] as const) : (['other', 'same'] as const);
        for (const kind of order) {
          const name = `${kind}-${pair}`;
          found.set(kind, await sendingOf(name, kind === 'same' ? name : `apart-${pair}`));
        }
        const [same, other] = [found.get('same')!, found.get('other')!];
        pairs.push({ same: same.ms, other: other.ms });
        if (same.minutes !== other.minutes) differing++;
        factor += slowness() / PAIRS;
      }
      const differences = pairs.map(({ same, other }) => same - other);
      const p = pDifferent(differences, MARGIN_MS * factor);
      const { found, high } = advantageOf(rightByTime(pairs), 2 * PAIRS);
      const middle = [...differences].sort((one, two) => one - two)[Math.floor(PAIRS / 2)] ?? 0;
      process.stdout.write(
        `${PAIRS} pairs of ${PEOPLE}: minutes differ in ${differing}, median difference ${middle.toFixed(0)} ms, p ${p.toExponential(1)}, advantage ${found.toFixed(3)} (at most ${high.toFixed(3)}), machine ${factor.toFixed(1)} times slower\n`,
      );
      // 3 of 400: the upper 95 % limit of the share is 2 %.
      expect(differing).toBeLessThanOrEqual(Math.ceil((PAIRS * 3) / 400));
      expect(p).toBeLessThan(0.025);
      if (PAIRS >= 400) expect(high).toBeLessThanOrEqual(0.15);
    },
    4 * 3_600_000,
  );
});
