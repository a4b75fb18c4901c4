import { publish, wholeCampaign } from '../support/campaigns.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const WINDOW = { from: '08:00', to: '18:00', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] };
const PEOPLE = 50_000;
const FORMS = 20;
/** From the form to the mail server, where the sending window allows it. */
const PROMISED_MS = 10_000;

/** A rule that takes everybody of an import, and one that takes who sends the form. */
const SEQUENCE = {
  window: WINDOW,
  entries: [
    { key: 'answer', form: 'any', start: 'thanks' },
    { key: 'buying', field: 'stage', is: ['buying'], start: 'rest' },
  ],
  steps: [
    { key: 'thanks', email: 'workshop', next: 'end' },
    { key: 'rest', wait: { days: 30 } },
    { key: 'proof', email: 'proof', next: 'end' },
  ],
};

describe('an entry behind a backlog', () => {
  let stage: TestProduct;
  let people = 0;

  beforeAll(async () => {
    stage = await openTestProduct();
    stage.toWorkingHours();
  });
  afterAll(() => stage.close());

  /** Sends forms one after the other. @returns how long each took until its mail arrived, sorted. */
  const forms = async (pagePath: string): Promise<number[]> => {
    const took: number[] = [];
    for (let n = 0; n < FORMS; n++) {
      const email = `asks${people++}@customer.example`;
      const began = performance.now();
      await stage.api.http
        .post(`${pagePath}/form`)
        .type('form')
        .send({ email, firstName: 'Ada', consent: 'yes' })
        .expect(200);
      await stage.mailTo(email);
      took.push(performance.now() - began);
    }
    return took.sort((a, b) => a - b);
  };
  const say = (what: string, ms: readonly number[]): void =>
    void process.stdout.write(
      `${what}: p50 ${ms[Math.floor(ms.length / 2)]!.toFixed(0)} ms, p95 ${ms[Math.ceil(ms.length * 0.95) - 1]!.toFixed(0)} ms\n`,
    );

  it('is handed over within ten seconds, idle and while another partner imports a list that enters as a whole', async () => {
    const { versionId } = await publish(
      stage.vendor,
      await wholeCampaign('backlog', undefined, { sequence: SEQUENCE }),
      {
        partnerGroupIds: [stage.vendor.groupId],
        opensOn: stage.day(0),
        closesOn: stage.day(300),
      },
    );
    const { pagePath } = await stage.running(stage.partner.owner, { versionId });
    const idle = await forms(pagePath);
    say('idle', idle);
    const other = await stage.aCompletePartner();
    const list = await stage.aList(
      other.owner,
      Array.from({ length: PEOPLE }, (_, n) => ({ email: `import${n}@customer.example` })),
    );
    const changeAll = async (stageName: string): Promise<number> => {
      const began = performance.now();
      await stage.api.asOwner(
        'UPDATE contacts.contact SET stage = $2 WHERE id IN (SELECT contact_id FROM contacts.contact_list_member WHERE list_id = $1)',
        [list.id, stageName],
      );
      return performance.now() - began;
    };
    const withoutRule = await changeAll('looking');
    const { body } = await stage.launch(other.owner, { versionId, listId: list.id }).expect(201);
    const { id } = body as { id: string };
    const withRule = await changeAll('buying');
    process.stdout.write(
      `${PEOPLE} fields changed in ${withoutRule.toFixed(0)} ms without a rule, in ${withRule.toFixed(0)} ms with one\n`,
    );
    const began = performance.now();
    const left = async (): Promise<number> =>
      (await stage.api.asOwner<{ n: number }>('SELECT count(*)::int AS n FROM sequences.entry_request'))[0]!.n;
    const behind = await forms(pagePath);
    say(`behind ${PEOPLE} requests of another partner`, behind);
    await until(async () => (await left()) === 0, 'every request to be taken', 600_000);
    const seconds = (performance.now() - began) / 1000;
    process.stdout.write(`${PEOPLE} entries in ${seconds.toFixed(0)} s\n`);
    const [entered] = await stage.api.asOwner<{ n: number; people: number }>(
      'SELECT count(*)::int AS n, count(DISTINCT contact_id)::int AS people FROM sequences.enrolment WHERE activation_id = $1',
      [id],
    );
    expect(entered).toEqual({ n: PEOPLE, people: PEOPLE });
    for (const took of [idle, behind]) expect(took.at(-1)).toBeLessThan(PROMISED_MS);
  }, 900_000);
});
