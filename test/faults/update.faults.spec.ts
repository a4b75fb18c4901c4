import { join } from 'node:path';
import { ALWAYS, writePackage } from '../journeys/journey-package.js';
import { until } from '../support/until.js';
import { Chance } from './chance.js';
import { FaultSite, NOTHING_LOST_OR_TWICE } from './fault-site.js';

const ACTIVATIONS = 20;
const CONTACTS_EACH = 10;
const CONTACTS = ACTIVATIONS * CONTACTS_EACH;
const SCHEDULERS = ['scheduler-1', 'scheduler-2'];
/** A process that lives this long updates some activations, and dies over one. */
const LONGEST_LIFE_MS = 2_500;
const LEAST_KILLS = 6;
const MINUTES = 60_000;
const day = { days: 1 };
const FIRST = [
  { key: 'welcome', email: 'welcome' },
  { key: 'pause', wait: day },
  { key: 'proof', email: 'proof' },
  { key: 'rest', wait: day },
  { key: 'last', email: 'workshop' },
];
/** Without the second e-mail, and with one more at the end. */
const SECOND = [
  { key: 'welcome', email: 'welcome' },
  { key: 'pause', wait: day },
  { key: 'rest', wait: day },
  { key: 'last', email: 'workshop' },
  { key: 'more', wait: day },
  { key: 'again', email: 'proof' },
];

/** What a contact has had that finished version 1, and what one has had that was taken over. */
const FIRST_STEPS = 'last proof welcome';
const SECOND_STEPS = 'again last proof welcome';

describe('an update of running campaigns whose schedulers are killed', () => {
  let faults: FaultSite;
  let log: Readonly<Record<string, string>>;

  beforeAll(async () => {
    const environment = { FREQUENCY_CAP: '100', PARTNER_FREQUENCY_CAP: '100', EMAILS_PER_DAY: '0' };
    faults = await FaultSite.open({ connections: 4, leaseSeconds: 6 }, { steps: FIRST, environment });
    log = await faults.openLog();
    await Promise.all(SCHEDULERS.map((name) => faults.start(name, log)));
  }, 3 * MINUTES);
  afterAll(() => faults.close(), MINUTES);

  const asOwner = <Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> =>
    faults.site.api.asOwner<Row>(sql, parameters);
  const count = async (sql: string): Promise<number> => (await asOwner<{ n: number }>(sql))[0]!.n;
  /** Waits of days end now, for so many contacts. */
  const endWaits = (most: number) =>
    asOwner(
      `WITH chosen AS (
         SELECT id FROM sequences.enrolment WHERE state = 'waiting' AND due_at > now() ORDER BY random() LIMIT $1 FOR UPDATE SKIP LOCKED),
       hurried AS (UPDATE sequences.enrolment e SET due_at = now() FROM chosen WHERE e.id = chosen.id RETURNING e.id, e.partner_id),
       queued AS (UPDATE sequences.due d SET due_at = now() FROM hurried WHERE d.enrolment_id = hurried.id)
       UPDATE sequences.partner_queue q SET next_due = least(q.next_due, now()) WHERE q.partner_id IN (SELECT partner_id FROM hurried)`,
      [most],
    );

  it(
    `takes ${ACTIVATIONS} over as a whole or not at all: no step comes twice, and none is lost`,
    async () => {
      const { site, server } = faults;
      const first = await site.aPartner('Partner 1');
      await site.launch(first, CONTACTS_EACH);
      for (let n = 2; n <= ACTIVATIONS; n++)
        await site.launch(await site.aPartnerLike(first, `Partner ${n}`), CONTACTS_EACH);
      const haveWelcome = async (): Promise<boolean> => {
        await faults.hurry();
        const sent = `SELECT count(*)::int AS n FROM sequences.step_execution WHERE step_key = 'welcome' AND outcome = 'sent'`;
        return (await count(sent)) === CONTACTS;
      };
      await until(haveWelcome, 'the first e-mails', 5 * MINUTES);

      writePackage(join(site.folder, 'campaign'), { name: 'site', window: ALWAYS, steps: SECOND, withoutPosts: true });
      await site.nextVersion((texts) => texts.replace('Dear', 'Hello'));
      const editor = await site.api.signIn(site.vendor.vendorId, 'marketer');
      const path = `/api/v1/campaigns/${site.version.campaignId}/versions/2/update`;
      await editor.post(path, { choice: 'take-over' }).expect(200);
      const states = async (): Promise<Record<string, number>> =>
        (await editor.get(path).expect(200)).body.updates[0].states;

      const chance = Chance.ofRun('updates killed');
      let kills = 0;
      while (kills < LEAST_KILLS || (await states())['waiting']! > 0) {
        await endWaits(Math.ceil(CONTACTS / LEAST_KILLS));
        await new Promise((resolve) => setTimeout(resolve, LONGEST_LIFE_MS * chance.next()));
        const name = chance.pick(SCHEDULERS);
        await faults.kill(name);
        kills += 1;
        await faults.start(name, log);
      }
      expect(await states()).toMatchObject({ done: ACTIVATIONS, waiting: 0, refused: 0, asksPartner: 0 });

      const isOver = async (): Promise<boolean> => {
        await endWaits(CONTACTS);
        await faults.enlightened(1_000);
        return (await faults.open([...OPEN, 'unknown'])) === 0;
      };
      await until(isOver, 'every contact to finish', 5 * MINUTES);

      const steps = await asOwner<{ step: string; outcome: string; reason: string; n: number }>(
        `SELECT step_key AS step, outcome, reason, count(*)::int AS n FROM sequences.step_execution GROUP BY 1, 2, 3 ORDER BY 1, 2`,
      );
      const sent = steps.filter(({ outcome }) => outcome === 'sent').reduce((sum, { n }) => sum + n, 0);
      const removed = steps.filter(({ reason }) => reason === 'step-removed').reduce((sum, { n }) => sum + n, 0);
      process.stdout.write(`${kills} kills; ${sent} e-mails, ${removed} of a removed step not sent\n`);
      // A contact that finished version 1 before its activation was taken over keeps that end.
      const paths = await asOwner<{ steps: string; n: number; late: number }>(
        `SELECT steps, count(*)::int AS n, (count(*) FILTER (WHERE late))::int AS late FROM (
           SELECT string_agg(x.step_key, ' ' ORDER BY x.step_key) AS steps,
             e.edition = 1 AND max(x.decided_at) > n.made_at + interval '2 seconds' AS late
           FROM sequences.enrolment e JOIN sequences.step_execution x ON x.enrolment_id = e.id
           JOIN activations.edition n ON n.activation_id = e.activation_id AND n.number = 2 GROUP BY e.id, n.made_at) AS own
         GROUP BY steps ORDER BY n DESC`,
      );
      const finished = paths.find((path) => path.steps === FIRST_STEPS)?.n ?? 0;
      expect(paths.filter((path) => path.late > 0 || ![FIRST_STEPS, SECOND_STEPS].includes(path.steps))).toEqual([]);
      expect(steps.filter(({ outcome, reason }) => outcome !== 'sent' && reason !== 'step-removed')).toEqual([]);
      expect(sent + removed).toBe(4 * CONTACTS - finished);
      expect(server.accepted.size).toBe(sent);
      const { lost, twice, altered } = await faults.reckon();
      expect({ ...NOTHING_LOST_OR_TWICE, lost, twice, altered }).toEqual(NOTHING_LOST_OR_TWICE);
      // Each edition is whole, and there are two.
      const whole = await asOwner<{ editions: number; masters: number; n: number }>(
        `SELECT editions, masters, count(*)::int AS n FROM (
           SELECT a.id, count(DISTINCT e.number)::int AS editions,
             (SELECT count(*)::int FROM activations.baked_master m WHERE m.activation_id = a.id AND m.edition = 2) AS masters
           FROM activations.activation a JOIN activations.edition e ON e.activation_id = a.id GROUP BY a.id) AS own GROUP BY 1, 2`,
      );
      expect(whole).toEqual([{ editions: 2, masters: expect.any(Number), n: ACTIVATIONS }]);
      expect(await faults.fallen()).toEqual([]);
    },
    15 * MINUTES,
  );
});

const OPEN = ['planned', 'leased', 'releasing'];
