import { Suppressions } from '#contacts';
import { systemActor } from '#kernel';
import { SendingOperations } from '#sequences';
import { MAX_REFUSALS } from '../../libs/sequences/src/operations/refusal-watch.service.js';
import { publish, type UploadedVersion } from '../support/campaigns.js';
import { campaignOf, StillClock } from '../support/dry-run-agreement.js';
import { openTestProduct, type TestPartner, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const isLong = process.env['LONG'] === '1' || process.env['THROUGHLINE_TEST_ALL'] === '1';
/** What takes many launches: a run of all suites does that. */
const itLong = isLong ? it : it.skip;
const PAIRS = isLong ? 500 : 4;
/** Pairs whose people are in one launch. */
const PAIRS_OF_LAUNCH = 4;
const PEOPLE_OF_PAIR = 3;
/** All pairs are due at once. */
const REST_MS = isLong ? 30 * 60_000 : 60_000;
const CAP = 4;
const HOUR_MS = 3_600_000;

interface Launched {
  readonly id: string;
  readonly listId: string;
}

/** Deterministic numbers from 0 to below 1 (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * What partner A can learn of other partners from the frequency cap that all
 * partners of a vendor share.
 */
describe('the frequency cap across partners', () => {
  let stage: TestProduct;
  const published = new Map<string, Promise<UploadedVersion>>();

  beforeAll(async () => {
    stage = await openTestProduct(
      // An initial hold counts messages, but would hold those of the long form.
      { FREQUENCY_CAP: String(CAP), INITIAL_HOLD_MINUTES: isLong ? '0' : '600' },
      { delivery: 1 },
      { clock: new StillClock() },
    );
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(() => stage.close());

  const publishOf = async (name: string, mails: number): Promise<UploadedVersion> => {
    const steps = Array.from({ length: mails }, (_, mail) => [
      ...(mail === 0 ? [] : [{ key: `pause-${mail}`, wait: { hours: 1 } }]),
      { key: `mail-${mail}`, email: ['m0', 'm2', 'm3'][mail] },
    ]).flat();
    return publish(stage.vendor, await campaignOf(steps, name), {
      partnerGroupIds: [stage.vendor.groupId],
      opensOn: stage.day(0),
      closesOn: stage.day(300),
    });
  };
  /** A campaign of up to three e-mails, an hour apart; one for each number. */
  const aCampaign = (mails: number, number = 0): Promise<UploadedVersion> => {
    const name = `cap-${mails}-${number}`;
    const known = published.get(name) ?? publishOf(name, mails);
    published.set(name, known);
    return known;
  };
  const people = (world: string, pair: number): string[] =>
    Array.from({ length: PEOPLE_OF_PAIR }, (_, person) => `${world}-${pair}-${person}@customer.example`);
  const lists = new Map<string, string>();
  /** Launches to a list of these contacts, which is made once. */
  const launchTo = async (
    { id: partnerId, owner }: TestPartner,
    { versionId }: UploadedVersion,
    emails: readonly string[],
  ): Promise<Launched> => {
    const key = `${partnerId} ${emails.join()}`;
    const contacts = emails.map((email) => ({ email }));
    const listId = lists.get(key) ?? (await stage.aList(owner, contacts)).id;
    lists.set(key, listId);
    const { body } = await stage.launch(owner, { versionId, listId }).expect(201);
    return { id: (body as { id: string }).id, listId };
  };
  /** Waits until nothing is due at this moment. */
  const atRest = (): Promise<void> =>
    until(
      async () => {
        const [{ open }] = (await stage.api.asOwner<{ open: boolean }>(
          `SELECT EXISTS (SELECT FROM delivery.message WHERE state IN ('leased', 'releasing'))
           OR EXISTS (SELECT FROM sequences.due WHERE due_at <= $1)
           OR EXISTS (SELECT FROM delivery.message WHERE retry_at <= $1)
           OR EXISTS (SELECT FROM activations.activation a WHERE a.enrolled_at IS NULL
                      OR (a.status = 'active' AND NOT EXISTS (
                        SELECT FROM sequences.enrolment e
                        WHERE e.activation_id = a.id AND e.state IN ('waiting', 'running')))) AS open`,
          [stage.api.clock.now()],
        )) as [{ open: boolean }];
        return !open;
      },
      'all that is due',
      REST_MS,
    );
  const hours = async (count: number): Promise<void> => {
    for (let hour = 0; hour < count; hour++) {
      stage.api.clock.advance(HOUR_MS);
      await atRest();
    }
  };

  /**
   * All that an account of a partner can read, as text. Ids, addresses and the
   * name of the world are replaced; lists are sorted.
   */
  const transcriptOf = async (partner: TestPartner, world: string, launches: readonly Launched[]): Promise<string> => {
    const json = async (path: string): Promise<unknown> => (await partner.owner.get(path).expect(200)).body as unknown;
    const contacts: { id: string; email: string }[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = (await json(`/api/v1/contacts?limit=200${cursor}`)) as {
        items: typeof contacts;
        nextCursor: string | null;
      };
      contacts.push(...page.items);
      cursor = page.nextCursor === null ? null : `&cursor=${page.nextCursor}`;
    }
    const names = new Map(contacts.map(({ id, email }) => [id, email]));
    const { versionId } = (await json(`/api/v1/activations/${launches[0]!.id}`)) as { versionId: string };
    const paths = [
      '/api/v1/activations',
      '/api/v1/sending',
      '/api/v1/insight',
      '/api/v1/suppressions',
      '/api/v1/audit-entries?limit=200',
      ...contacts.map(({ id }) => `/api/v1/contacts/${id}/history`),
      ...launches.flatMap(({ id, listId }) => [
        `/api/v1/activations/${id}`,
        `/api/v1/activations/${id}/people`,
        `/api/v1/activations/${id}/messages`,
        `/api/v1/offers/${versionId}/audience?listId=${listId}`,
      ]),
    ];
    const read: unknown[] = [contacts];
    for (const path of paths) read.push(await json(path));
    for (const { listId } of launches)
      read.push((await partner.owner.post(`/api/v1/offers/${versionId}/dry-run`, { listId })).body);
    for (const path of ['/api/v1/insight/numbers.csv', '/api/v1/audit-entries.csv'])
      read.push((await partner.owner.get(path).expect(200)).text);
    const { slug } = (
      await stage.api.asOwner<{ slug: string }>('SELECT slug FROM organisations.organisation WHERE id = $1', [
        partner.id,
      ])
    )[0]!;
    const plain = JSON.stringify(read)
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => names.get(id) ?? 'id')
      .replaceAll(`${world}-`, 'world-')
      .replace(/List \d+/g, 'list')
      .replaceAll(slug, 'slug')
      .replace(/\/p\/[\w-]+/g, '/p/page');
    return JSON.stringify(sorted(JSON.parse(plain)), null, 1);
  };

  it(
    'tells a partner nothing while it does not refuse',
    async () => {
      const [a1, a2, b] = [
        await stage.aCompletePartner(),
        await stage.aCompletePartner(),
        await stage.aCompletePartner(),
      ];
      const ofA = await aCampaign(2, 1);
      const random = numbersFrom(20_261_125);
      const once: string[] = [];
      const twice: string[] = [];
      for (let pair = 0; pair < PAIRS; pair++)
        for (const email of people('two', pair)) {
          const drawn = random();
          if (drawn > 0.3) (drawn > 0.65 ? twice : once).push(email);
        }
      await launchTo(b, await aCampaign(1), once);
      await launchTo(b, await aCampaign(2), twice);
      await atRest();
      await hours(1);
      stage.api.clock.advance(17 * HOUR_MS);
      stage.toWorkingHours();
      await atRest();
      const launches: [Launched[], Launched[]] = [[], []];
      for (let from = 0; from < PAIRS; from += PAIRS_OF_LAUNCH) {
        const pairs = Array.from({ length: PAIRS_OF_LAUNCH }, (_, at) => from + at);
        for (const [world, partner] of [a1, a2].entries()) {
          const emails = pairs.flatMap((pair) => people(world === 0 ? 'one' : 'two', pair));
          launches[world]?.push(await launchTo(partner, ofA, emails));
        }
      }
      await atRest();
      await hours(1);
      const [first, second] = [await transcriptOf(a1, 'one', launches[0]), await transcriptOf(a2, 'two', launches[1])];
      expect(first).toContain('"sent"');
      expect(second).toBe(first);
      expect(stage.mails.to(`two-0-0@customer.example`).length).toBeGreaterThanOrEqual(2);
    },
    240_000 + PAIRS * 10_000,
  );

  /** Other partners use up what the cap leaves of some addresses. */
  const useUp = async (emails: readonly string[]): Promise<void> => {
    const others = [await stage.aCompletePartner(), await stage.aCompletePartner()];
    for (const [at, mails] of [CAP - 1, 1].entries()) {
      await launchTo(others[at]!, await aCampaign(mails), emails);
      await atRest();
      await hours(mails - 1);
    }
  };

  it('refuses with the words of every other refusal that a partner must not know', async () => {
    const worlds = ['cap', 'opt', 'all', 'lst'] as const;
    const partners: TestPartner[] = [];
    while (partners.length < worlds.length) partners.push(await stage.aCompletePartner());
    await useUp(people('cap', 0));
    const suppressions = stage.api.app.get(Suppressions, { strict: false });
    const { vendorId } = stage.vendor;
    for (const [world, scope, source] of [
      ['opt', { scope: 'vendor', vendorId }, 'staff'],
      ['all', { scope: 'vendor', vendorId }, 'person'],
      ['lst', { scope: 'platform' }, 'provider'],
    ] as const)
      for (const email of people(world, 0))
        await suppressions.add(systemActor('test', { partnerId: partners[0]!.id }), {
          ...scope,
          email,
          source,
          reason: 'requested',
        });
    const version = await aCampaign(1, 1);
    const transcripts: string[] = [];
    for (const [at, world] of worlds.entries()) {
      const launched = await launchTo(partners[at]!, version, people(world, 0));
      await atRest();
      transcripts.push(await stepOf(partners[at]!, world, launched));
    }
    expect(transcripts[0]).toContain('contact-policy');
    for (const transcript of transcripts.slice(1)) expect(transcript).toBe(transcripts[0]);
  }, 240_000);

  /**
   * All that tells of the one step, with moments as they are shown, and of what
   * it used.
   */
  const stepOf = async ({ owner }: TestPartner, world: string, { id }: Launched): Promise<string> => {
    const read: unknown[] = [];
    for (const part of ['', '/people', '/messages'])
      read.push((await owner.get(`/api/v1/activations/${id}${part}`).expect(200)).body);
    const { items } = read[1] as { items: { id: string }[] };
    for (const contact of items)
      read.push((await owner.get(`/api/v1/contacts/${contact.id}/history`).expect(200)).body);
    const { stream } = (await owner.get('/api/v1/sending').expect(200)).body as { stream: unknown };
    read.push(stream);
    const plain = JSON.stringify(read)
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'id')
      .replaceAll(`${world}-`, 'world-')
      .replace(/List \d+/g, 'list')
      .replace(/\/p\/[\w-]+/g, '/p/page');
    return JSON.stringify(sorted(JSON.parse(plain)), null, 1);
  };

  itLong(
    'is not looked at by a dry run or an audience, nor what a person told another party',
    async () => {
      const [free, used, asked] = [
        await stage.aCompletePartner(),
        await stage.aCompletePartner(),
        await stage.aCompletePartner(),
      ];
      await useUp(people('use', 1));
      const suppressions = stage.api.app.get(Suppressions, { strict: false });
      const { vendorId } = stage.vendor;
      for (const [at, email] of people('out', 1).entries())
        await suppressions.add(systemActor('test', { partnerId: asked.id }), {
          ...(at === 0 ? { scope: 'platform' } : { scope: 'vendor', vendorId }),
          email,
          source: 'person',
          reason: 'requested',
        });
      const version = await aCampaign(1, 1);
      const answers: unknown[] = [];
      for (const [partner, world] of [
        [free, 'new'],
        [used, 'use'],
        [asked, 'out'],
      ] as const) {
        const list = await stage.aList(
          partner.owner,
          people(world, 1).map((email) => ({ email })),
        );
        const { versionId } = version;
        const dryRun = await partner.owner.post(`/api/v1/offers/${versionId}/dry-run`, { listId: list.id }).expect(200);
        const audience = await partner.owner.get(`/api/v1/offers/${versionId}/audience?listId=${list.id}`).expect(200);
        const each = await partner.owner
          .post(`/api/v1/offers/${versionId}/dry-run/people`, { listId: list.id })
          .expect(200);
        const steps = (each.body as { items: { steps: object }[] }).items.map((person) => person.steps);
        answers.push([dryRun.body, audience.body, steps]);
      }
      expect(JSON.stringify(answers[0])).toContain('sent');
      expect(answers[1]).toEqual(answers[0]);
      expect(answers[2]).toEqual(answers[0]);
    },
    240_000,
  );

  itLong(
    'takes as many e-mails to a person as it allows, from two partners, to ask about one of a third',
    async () => {
      const [asked, free] = [people('ask', 2)[0]!, people('free', 2)[0]!];
      const third = await stage.aCompletePartner();
      await launchTo(third, await aCampaign(1), [asked]);
      await atRest();
      const own = [await stage.aCompletePartner(), await stage.aCompletePartner()];
      /** Whether each further e-mail was sent, one partner after the other. */
      const answersFor = async (email: string): Promise<boolean[]> => {
        const answers: boolean[] = [];
        for (const partner of own)
          for (let mail = 0; mail < CAP - 1; mail++) {
            const { id } = await launchTo(partner, await aCampaign(1, mail), [email]);
            await atRest();
            const { body } = await partner.owner.get(`/api/v1/activations/${id}/people`).expect(200);
            answers.push((body as { items: { got: number }[] }).items[0]!.got === 1);
          }
        return answers;
      };
      // One partner alone sees the same of both: its share of three is sent. The
      // fourth e-mail is the first whose answer depends on the third partner.
      expect(await answersFor(free)).toEqual([true, true, true, true, false, false]);
      expect(await answersFor(asked)).toEqual([true, true, true, false, false, false]);
    },
    240_000,
  );

  it('halts a partner whose list is refused too often, until the operator lifts it', async () => {
    const emails = Array.from({ length: MAX_REFUSALS + 1 }, (_, n) => `probe-${n}@customer.example`);
    await useUp(emails);
    const prober = await stage.aCompletePartner();
    await launchTo(prober, await aCampaign(1), emails.slice(1));
    await atRest();
    const stops = async (): Promise<unknown[]> =>
      ((await prober.owner.get('/api/v1/sending').expect(200)).body as { stops: unknown[] }).stops;
    expect(await stops()).toEqual([]);
    await launchTo(prober, await aCampaign(1, 1), emails.slice(0, 1));
    await until(async () => (await stops()).length > 0, 'the halt');
    expect(await stops()).toMatchObject([{ cause: 'trouble', bad: null, submitted: null, resumableFrom: null }]);
    await prober.owner.post('/api/v1/sending/resume').expect(409);
    const operations = stage.api.app.get(SendingOperations, { strict: false });
    expect(await operations.lift(systemActor('operator'), 'partner', prober.id)).toBe(true);
    // Refusals of before do not count again.
    await launchTo(prober, await aCampaign(1, 2), emails.slice(0, 1));
    await atRest();
    expect(await stops()).toEqual([]);
  }, 240_000);
});

/** Arrays in the order of their items' text: ids decide in which order rows come. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sorted(inner)]));
}
