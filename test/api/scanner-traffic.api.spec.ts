import { Clicks, ClickVerdicts } from '#engagement';
import { systemActor, MINUTE_MS } from '#kernel';
import { ClickLeads } from '#leads';
import { publish, wholeCampaign } from '../support/campaigns.js';
import {
  AS_BROWSERS_DO,
  HONEST_TRAFFIC,
  LATE_TRAFFIC,
  SCANNER_TRAFFIC,
  type ScannerShape,
} from '../support/scanner-traffic.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

/** Shorter waits end before anything that waits for them. */
const MOMENT_MS = 1_250;
/** Whatever is clicked moves people on, and makes a lead of them. */
const LISTENING = {
  sequence: {
    window: { from: '00:00', to: '23:59', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] },
    steps: [
      { key: 'welcome', email: 'welcome' },
      { key: 'watch', until: [{ click: 'any', then: 'hook' }], within: { days: 60 }, else: 'end' },
      { key: 'hook', webhook: 'clicked' },
    ],
  },
  leads: { clicks: { count: 1 } },
};
const withDemo = (welcome: string): string =>
  welcome.replace('<tc-slot', '<mj-text><a href="{{links.demo}}">See it</a></mj-text><tc-slot');

interface Addressee {
  readonly messageId: string;
  /** The landing page's first, the vendor's own page, the privacy notice. */
  readonly visible: readonly string[];
  readonly decoy: string;
}
interface Consequences {
  readonly humanClicks: number;
  /** Whether the way has gone on from where it waits for a click. */
  readonly moved: number;
  readonly steps: number;
  readonly leads: number;
  /** What became of moves by clicks that were a program's. */
  readonly accounted: readonly string[];
}

describe('traffic on the links of a campaign that listens to clicks', () => {
  let stage: TestProduct;
  const people: Addressee[] = [];
  const shapes: readonly ScannerShape[] = [...SCANNER_TRAFFIC, ...HONEST_TRAFFIC, ...LATE_TRAFFIC, ...LATE_TRAFFIC];

  beforeAll(async () => {
    stage = await openTestProduct({ TRUST_PROXY_HOPS: '1', INITIAL_HOLD_MINUTES: '0' });
    const open = { partnerGroupIds: [stage.vendor.groupId], opensOn: stage.day(0), closesOn: stage.day(300) };
    const zip = await wholeCampaign('listening', undefined, LISTENING, withDemo);
    const { versionId } = await publish(stage.vendor, zip, open);
    const { owner } = stage.partner;
    const list = await stage.aList(
      owner,
      Array.from({ length: shapes.length + 1 }, () => ({})),
    );
    const { body } = await stage.launch(owner, { versionId, listId: list.id }).expect(201);
    const links = await stage.api.asOwner<{ name: string; number: number }>(
      'SELECT name, number FROM engagement.link_target WHERE activation_id = $1',
      [body.id],
    );
    for (const email of list.emails) people.push(addressee((await stage.mailTo(email))[0]!, links));
    const waiting = (): Promise<unknown[]> =>
      stage.api.asOwner(`SELECT 1 FROM delivery.message WHERE state <> 'accepted'`);
    await until(async () => (await waiting()).length === 0, 'the record of the mails');
    holdTime();
  });
  afterAll(() => stage.close());

  const addressee = (
    mail: TestProduct['mails']['mails'][number],
    links: readonly { name: string; number: number }[],
  ): Addressee => {
    const paths = [...new Set([...(mail.html as string).matchAll(/\/l\/[\w-]+/g)].map(([path]) => path))];
    // A token's seventeenth byte is the number of its link.
    const numberOf = (path: string): number => Buffer.from(path.slice('/l/'.length), 'base64url')[16]!;
    const named = (name: string): string =>
      paths.find((path) => numberOf(path) === links.find((link) => link.name === name)?.number)!;
    const visible = [named('page'), named('demo'), named('privacy')];
    return { messageId: mail.messageId!.slice(1, 37), visible, decoy: named('decoy') };
  };

  const isMoving = async (): Promise<boolean> =>
    (
      await stage.api.asOwner(
        `SELECT 1 FROM sequences.inbox WHERE not_before <= clock_timestamp() UNION ALL SELECT 1 FROM sequences.enrolment WHERE step_key = 'hook'
         UNION ALL SELECT 1 FROM sequences.step_execution WHERE outcome = 'pending'`,
      )
    ).length > 0;
  const evaluate = async (): Promise<boolean> => {
    await stage.api.app.get(ClickLeads, { strict: false }).evaluateDue();
    return (
      (await stage.api.asOwner('SELECT 1 FROM leads.click_evaluation WHERE not_before <= clock_timestamp()')).length ===
      0
    );
  };
  /**
   * From here on the product's time goes by only as the shapes say: a busy
   * machine would make a steady beat unsteady.
   */
  const holdTime = (): void => {
    const { clock } = stage.api;
    const heldAt = Date.now();
    clock.now = () => new Date(heldAt + clock.aheadMs);
  };
  /**
   * As if so much time had gone by, on the product's calendar and for what
   * waits by the machine's clock; whatever falls due then is done.
   */
  const pass = async (ms: number): Promise<void> => {
    const { api } = stage;
    await api.app.get(Clicks).flushed();
    api.clock.advance(ms);
    for (const table of ['sequences.inbox', 'leads.click_evaluation'])
      await api.asOwner(`UPDATE ${table} SET not_before = not_before - $1 * interval '1 millisecond'`, [ms]);
    if (ms < MOMENT_MS) return;
    await until(async () => !(await isMoving()), 'everybody to be where they are going');
    await until(evaluate, 'every click to be evaluated');
    await api.app.get(ClickVerdicts).rejectUnopened(systemActor('test'));
    await until(async () => !(await isMoving()), 'whoever is put back');
  };

  const play = async ({ startsMs, visits }: ScannerShape, { messageId, visible, decoy }: Addressee): Promise<void> => {
    const { api } = stage;
    await api.asOwner('UPDATE delivery.message SET settled_at = $2 WHERE id = $1', [
      messageId,
      new Date(api.clock.now().getTime() - startsMs),
    ]);
    for (const { afterMs, link, method, userAgent, address, opensPage, headers: besides } of visits) {
      await pass(afterMs);
      const path = link === 'decoy' ? decoy : visible[link % visible.length]!;
      const request = method === 'HEAD' ? api.http.head(path) : api.http.get(path);
      const { headers } = await request
        .set({ ...besides, 'User-Agent': userAgent, 'X-Forwarded-For': address })
        .redirects(0);
      const target = new URL(headers['location']!);
      if (opensPage && method === 'GET' && /^\/p\/[^/]+$/.test(target.pathname))
        await api.http.get(`${target.pathname}${target.search}`).expect(200);
    }
    await pass(2 * MINUTE_MS);
    await pass(4 * MINUTE_MS);
  };

  /** What came of it, once everything was looked at for the last time. */
  const consequences = async ({ messageId }: Addressee): Promise<Consequences> => {
    const [found] = await stage.api.asOwner<Consequences>(
      `SELECT (SELECT count(*) FROM engagement.interaction_with_verdict t WHERE t.message_id = m.id AND t.kind = 'click' AND t.verdict = 'human')::int AS "humanClicks",
         (SELECT count(*) FROM sequences.enrolment e WHERE e.id = m.enrolment_id AND e.step_key IS DISTINCT FROM 'watch')::int AS moved,
         (SELECT count(*) FROM sequences.step_execution s WHERE s.enrolment_id = m.enrolment_id AND s.step_key = 'hook')::int AS steps,
         (SELECT count(*) FROM leads.lead l WHERE l.contact_id = m.contact_id AND l.activation_id = m.activation_id AND l.status <> 'withdrawn')::int AS leads,
         (SELECT coalesce(json_agg(DISTINCT c.outcome), '[]') FROM sequences.click_move c WHERE c.enrolment_id = m.enrolment_id AND c.outcome IS NOT NULL) AS accounted
       FROM delivery.message m WHERE m.id = $1`,
      [messageId],
    );
    return found!;
  };
  const lookForTheLastTime = async (): Promise<void> => {
    await pass(2 * MINUTE_MS);
  };

  it(`of ${SCANNER_TRAFFIC.length} kinds of scanners moves nobody on and makes no lead`, async () => {
    for (const [at, shape] of SCANNER_TRAFFIC.entries()) await play(shape, people[at]!);
    await lookForTheLastTime();
    const mistaken: [string, Consequences][] = [];
    for (const [at, { name }] of SCANNER_TRAFFIC.entries()) {
      const found = await consequences(people[at]!);
      if (found.humanClicks + found.moved + found.steps + found.leads > 0) mistaken.push([name, found]);
    }
    expect(mistaken).toEqual([]);
  });

  it(`of ${HONEST_TRAFFIC.length} kinds of people counts, moves each on once and makes each a lead`, async () => {
    const own = people.slice(SCANNER_TRAFFIC.length);
    for (const [at, shape] of HONEST_TRAFFIC.entries()) await play(shape, own[at]!);
    await lookForTheLastTime();
    const missed: [string, Consequences][] = [];
    for (const [at, { name, humanClicks }] of HONEST_TRAFFIC.entries()) {
      const found = await consequences(own[at]!);
      if (found.humanClicks !== humanClicks || found.moved !== 1 || found.steps !== 1 || found.leads !== 1)
        missed.push([name, found]);
    }
    expect(missed).toEqual([]);
  });

  describe('by whole browsers, long after the mail arrived', () => {
    const from = SCANNER_TRAFFIC.length + HONEST_TRAFFIC.length;
    const found = async (own: readonly Addressee[]): Promise<[string, Consequences][]> => {
      const all: [string, Consequences][] = [];
      for (const [at, { name }] of LATE_TRAFFIC.entries()) all.push([name, await consequences(own[at]!)]);
      return all;
    };

    it('moves nobody in whose mail a program has given itself away before', async () => {
      const own = people.slice(from, from + LATE_TRAFFIC.length);
      for (const { messageId } of own)
        await stage.api.asOwner(
          `INSERT INTO engagement.interaction (id, partner_id, vendor_id, activation_id, message_id, contact_id, kind, link_name, verdict, why, at)
           SELECT uuidv7(), partner_id, vendor_id, uuidv7(), uuidv7(), contact_id, 'click', 'decoy', 'machine', 'followed a link that is invisible to people', $2
           FROM delivery.message WHERE id = $1`,
          [messageId, new Date(stage.api.clock.now().getTime() - 40 * 24 * 60 * MINUTE_MS)],
        );
      for (const [at, shape] of LATE_TRAFFIC.entries()) await play(shape, own[at]!);
      const nothing: Consequences = { humanClicks: 0, moved: 0, steps: 0, leads: 0, accounted: [] };
      expect(await found(own)).toEqual(LATE_TRAFFIC.map(({ name }) => [name, nothing]));
    });

    it('moves others by one step at most, which is accounted for, and makes no lead', async () => {
      const own = people.slice(from + LATE_TRAFFIC.length);
      for (const [at, shape] of LATE_TRAFFIC.entries()) await play(shape, own[at]!);
      const one: Consequences = { humanClicks: 0, moved: 1, steps: 1, leads: 0, accounted: ['kept'] };
      expect(await found(own)).toEqual(LATE_TRAFFIC.map(({ name }) => [name, one]));
    });
  });

  it('moves nobody on before the page behind the click is opened', async () => {
    const { api } = stage;
    const person = people.at(-1)!;
    const { headers } = await api.http
      .get(person.visible[0]!)
      .set({ ...AS_BROWSERS_DO, 'User-Agent': HONEST_TRAFFIC[0]!.visits[0]!.userAgent })
      .redirects(0);
    await api.app.get(Clicks).flushed();
    await lookForTheLastTime();
    expect(await consequences(person)).toEqual({ humanClicks: 1, moved: 0, steps: 0, leads: 0, accounted: [] });
    const { pathname, search } = new URL(headers['location']!);
    await api.http.get(`${pathname}${search}`).expect(200);
    await lookForTheLastTime();
    expect(await consequences(person)).toEqual({ humanClicks: 1, moved: 1, steps: 1, leads: 1, accounted: [] });
  });
});
