import { parse, stringify } from 'yaml';
import type { DryRunView, ForeseenPersonView, SampleDryRunView } from '#contracts';
import { readPackage, writeZip } from '#content';
import { publish, upload, type UploadedVersion, wholeCampaign } from '../support/campaigns.js';
import { openStage, type Stage } from '../support/stage.js';
import { until } from '../support/until.js';

const MINUTE_MS = 60_000;
/** A step that falls due is decided within this: the calendar of this test jumps from one group of due steps to the next. */
const GROUP_MS = MINUTE_MS;
/** Each jump makes what follows so much later; eight steps and a while for the machine. */
const DRIFT_MS = 20 * MINUTE_MS;
const PEOPLE = Number(process.env['DRY_RUN_PEOPLE'] ?? 160);
const MAILS = ['welcome', 'proof', 'workshop', 'last-call'];

/** More mails in a week than the cap allows, a weekend between, and mails that ask for what not everybody has. */
const STEPS = [
  ...[24, 2, 2, 20, 20].flatMap((hours, mail) => [
    { key: `pause-${mail}`, wait: { hours } },
    { key: `mail-${mail}`, email: `m${mail}` },
  ]),
  { key: 'later', wait: { days: 6 } },
  { key: 'mail-5', email: 'm5' },
  { key: 'much-later', wait: { days: 20 } },
  { key: 'mail-6', email: 'm6' },
  { key: 'at-last', wait: { days: 3 } },
  { key: 'mail-7', email: 'm7' },
];

interface Decision {
  readonly contactId: string;
  readonly stepKey: string;
  readonly outcome: string;
  readonly reason: string;
  readonly at: Date;
}

describe('a dry run', () => {
  let stage: Stage;
  let version: UploadedVersion;

  beforeAll(async () => {
    stage = await openStage();
    version = await publish(stage.vendor, await campaignOf(STEPS), {
      partnerGroupId: stage.vendor.groupId,
      opensOn: stage.day(0),
      closesOn: stage.day(300),
    });
  });
  afterAll(() => stage.close());

  it('says of everybody on a list what the real run then decides, step by step, and when', async () => {
    const listId = await crowd(stage, PEOPLE);
    const started = stage.inDays(0);
    const forecast = await forecastOf(listId, started);
    const foreseen = await peopleOf(listId, started);
    expect(foreseen).toHaveLength(PEOPLE);

    const { body } = await stage.launch(stage.partner.owner, { versionId: version.versionId, listId }).expect(201);
    const decided = await untilTheEnd(body.id as string);
    const real = new Map(decided.map((one) => [`${one.contactId} ${one.stepKey}`, one]));
    const wanted = foreseen.flatMap(({ contactId, steps }) =>
      steps.map((step) => ({ id: `${contactId} ${step.stepKey}`, ...step })),
    );
    const said = (outcome: string, reason: string): string => (outcome === 'sent' ? 'sent' : `${outcome} ${reason}`);
    const different = wanted.flatMap(({ id, outcome, why, at }) => {
      const found = real.get(id);
      const isSame = found !== undefined && said(found.outcome, found.reason) === said(outcome, why?.reason ?? '');
      const apartMs = found === undefined ? 0 : Math.abs(found.at.getTime() - new Date(at).getTime());
      return isSame && apartMs <= DRIFT_MS ? [] : [{ id, outcome, why: why?.reason, at, found }];
    });
    expect(different).toEqual([]);
    expect(real.size).toBe(wanted.length);

    // What a list of this kind has: every reason that it was made for, and the same sums as its people.
    const reasons = new Map<string, number>();
    for (const { why } of wanted) if (why !== null) reasons.set(why.reason, (reasons.get(why.reason) ?? 0) + 1);
    for (const { skipped } of forecast.steps)
      for (const { reason, count } of skipped) reasons.set(reason, (reasons.get(reason) ?? 0) - count);
    expect([...reasons.keys()].sort()).toEqual([
      'consent-expired',
      'consent-unknown',
      'contact-policy',
      'field-missing',
      'prefers-fewer',
      'suppressed',
      'topic-refused',
    ]);
    expect([...reasons.values()].filter((left) => left !== 0)).toEqual([]);
    expect(forecast.total).toBe(PEOPLE);
    expect(forecast.steps.reduce((sum, { willGet }) => sum + willGet, 0)).toBe(
      wanted.filter(({ outcome }) => outcome === 'sent').length,
    );
  }, 300_000);

  it('of contacts that there are not shows a vendor who gets what when, after what they do', async () => {
    const startAt = '2027-03-26T10:00:00.000Z';
    const { body } = await stage.vendor.editor
      .post(`${version.path}/dry-run`, {
        startAt,
        samples: [
          { name: 'London', timeZone: 'Europe/London' },
          {
            name: 'Answers',
            timeZone: 'Asia/Tokyo',
            happenings: [{ kind: 'reply', afterHours: 76 }],
          },
        ],
      })
      .expect(200);
    const [london, answers] = (body as SampleDryRunView).samples;
    // A Friday before the clocks change: the Saturday's mail waits for Monday, at half past eight by the clock that has changed.
    expect(london?.steps.slice(0, 2).map(({ stepKey, at }) => `${stepKey} ${at}`)).toEqual([
      'mail-0 2027-03-29T07:30:00.000Z',
      'mail-1 2027-03-29T09:30:00.000Z',
    ]);
    expect(london?.end).toBe('completed');
    expect([answers?.end, answers?.steps.length]).toEqual(['exited', 3]);
  });

  it('of contacts that there are not goes the way that their fields and what they do in the product lead', async () => {
    const trial = { event: 'trial-started', then: 'tried' };
    const steps = [
      { key: 'by-segment', branch: [{ field: 'segment', is: ['enterprise'], then: 'large' }], else: 'small' },
      { key: 'large', email: 'm0', next: 'watch' },
      { key: 'small', email: 'm1', next: 'watch' },
      { key: 'watch', until: [trial], within: { days: 10 }, else: 'waited' },
      { key: 'tried', email: 'm2', next: 'end' },
      { key: 'waited', email: 'm3', next: 'end' },
    ];
    const { path } = await upload(stage.vendor.editor, await campaignOf(steps, 'dry-run-ways'));
    const tries = [{ kind: 'event', name: 'trial-started', afterHours: 200 }];
    const { body } = await stage.vendor.editor
      .post(`${path}/dry-run`, {
        startAt: '2027-03-01T10:00:00.000Z',
        samples: [
          { name: 'Large', timeZone: 'Europe/London', segment: 'enterprise', happenings: tries },
          { name: 'Other', timeZone: 'Europe/London', segment: 'public' },
        ],
      })
      .expect(200);
    const ways = (body as SampleDryRunView).samples.map((one) => one.steps.map(({ stepKey }) => stepKey));
    expect(ways).toEqual([
      ['large', 'tried'],
      ['small', 'waited'],
    ]);
  });

  it('refuses a time zone that is none, by its place', async () => {
    const { body } = await stage.vendor.editor
      .post(`${version.path}/dry-run`, { samples: [{ name: 'Nowhere', timeZone: 'Mars/Olympus' }] })
      .expect(422);
    expect([body.code, body.field]).toEqual(['dry-run.time-zone', 'samples.0.timeZone']);
  });

  async function forecastOf(listId: string, startAt: string): Promise<DryRunView> {
    const path = `/api/v1/offers/${version.versionId}/dry-run`;
    const { body } = await stage.partner.owner.post(path, { listId, startAt }).expect(200);
    return body as DryRunView;
  }

  async function peopleOf(listId: string, startAt: string): Promise<ForeseenPersonView[]> {
    const found: ForeseenPersonView[] = [];
    for (let cursor = ''; ;) {
      const path = `/api/v1/offers/${version.versionId}/dry-run/people?limit=200${cursor}`;
      const { body } = await stage.partner.owner.post(path, { listId, startAt }).expect(200);
      const { items, nextCursor } = body as { items: ForeseenPersonView[]; nextCursor: string | null };
      found.push(...items);
      if (nextCursor === null) return found;
      cursor = `&cursor=${nextCursor}`;
    }
  }

  /** Moves the calendar to where something is due, again and again, until nobody is under way. */
  async function untilTheEnd(activationId: string): Promise<Decision[]> {
    const { api } = stage;
    const ask = async (): Promise<{ next: Date | null; open: number; enrolled: boolean }> =>
      (
        await api.asOwner<{ next: Date | null; open: number; enrolled: boolean }>(
          `SELECT (SELECT min(due_at) FROM sequences.enrolment WHERE activation_id = $1 AND state = 'waiting') AS next,
             (SELECT count(*)::int FROM sequences.step_execution WHERE activation_id = $1 AND outcome = 'pending') AS open,
             (SELECT enrolled_at IS NOT NULL FROM activations.activation WHERE id = $1) AS enrolled`,
          [activationId],
        )
      )[0]!;
    for (;;) {
      const { next, open, enrolled } = await ask();
      const now = api.clock.now().getTime();
      if (enrolled && open === 0 && next === null) break;
      if (enrolled && open === 0 && next!.getTime() > now) api.clock.advance(next!.getTime() - now + GROUP_MS);
      const before = `${open} ${next?.getTime() ?? 0}`;
      await until(
        async () => {
          const later = await ask();
          return `${later.open} ${later.next?.getTime() ?? 0}` !== before;
        },
        60_000,
        'the next decisions',
      );
    }
    return api.asOwner<Decision>(
      `SELECT contact_id AS "contactId", step_key AS "stepKey", outcome, reason, decided_at AS at
       FROM sequences.step_execution WHERE activation_id = $1`,
      [activationId],
    );
  }
});

/** The shipped campaign in English with another sequence, one of whose mails greets by a company that not everybody has. */
async function campaignOf(steps: readonly object[], name = 'dry-run'): Promise<Buffer> {
  const read = await readPackage({ zip: await wholeCampaign(name) });
  if (!read.ok) throw new Error('The shipped campaign is broken.');
  const files = new Map(read.pkg.files);
  const definition = parse(files.get('campaign.yaml')!.toString()) as {
    emails: Record<string, object>;
    sequence: { window: object };
  };
  const { window } = definition.sequence;
  const emails = Object.fromEntries(
    Array.from({ length: 8 }, (_, n) => [`m${n}`, definition.emails[MAILS[n % MAILS.length]!]]),
  );
  const changed = { ...definition, emails, sequence: { window, steps } };
  files.set('campaign.yaml', Buffer.from(stringify(changed)));
  const proof = files.get('emails/proof.mjml')!.toString();
  const greeting = '<mj-section><mj-column><mj-text>{{recipient.company}}</mj-text></mj-column></mj-section></mj-body>';
  files.set('emails/proof.mjml', Buffer.from(proof.replace('</mj-body>', greeting)));
  return writeZip({ files });
}

/** People of every kind: zones of their own, of their country and of nobody, with and without permission, with wishes. */
async function crowd({ api, partner }: Stage, people: number): Promise<string> {
  const { body } = await partner.owner.post('/api/v1/contact-lists', { name: 'A crowd' }).expect(201);
  const { id: listId } = body as { id: string };
  await api.asOwner(
    `WITH person AS (
       SELECT n, uuidv7() AS id, 'crowd' || n || '@customer' || n % 50 || '.example' AS email,
         (ARRAY[NULL, 'Europe/London', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/St_Johns'])[1 + n % 6] AS zone,
         (ARRAY[NULL, 'GB', 'DE', 'US', 'JP'])[1 + n % 5] AS country
       FROM generate_series(1, $3::int) n),
     made AS (
       INSERT INTO contacts.contact (id, partner_id, email, email_normalised, first_name, company, country, time_zone, language, created_at, updated_at)
       SELECT id, $1, email, email, 'Maya', CASE WHEN n % 11 = 0 THEN NULL ELSE 'Harbour' END, country, zone, CASE WHEN n % 4 = 0 THEN 'de' END, $4, $4 FROM person),
     listed AS (INSERT INTO contacts.contact_list_member (list_id, contact_id, partner_id, added_at) SELECT $2, id, $1, $4 FROM person),
     wishes AS (INSERT INTO contacts.preference (contact_id, partner_id, at_most_every_days, set_at) SELECT id, $1, 3, $4 FROM person WHERE n % 17 = 0),
     refused AS (INSERT INTO contacts.refused_topic (contact_id, partner_id, topic, set_at) SELECT id, $1, 'security', $4 FROM person WHERE n % 19 = 0)
     INSERT INTO contacts.consent_record (id, partner_id, contact_id, basis, source, expires_on, recorded_at)
     SELECT uuidv7(), $1, id, CASE WHEN n % 13 = 0 THEN 'unknown' ELSE 'customer' END, 'import',
       CASE WHEN n % 7 = 0 THEN ($4::timestamptz + interval '12 days')::date END, $4 FROM person`,
    [partner.id, listId, people, api.clock.now()],
  );
  for (const n of [5, 6]) {
    const email = `crowd${n}@customer${n % 50}.example`;
    await partner.owner.post('/api/v1/suppressions', { email, reason: 'requested' }).expect(201);
  }
  return listId;
}
