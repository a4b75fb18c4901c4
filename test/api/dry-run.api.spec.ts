import { monitorEventLoopDelay } from 'node:perf_hooks';
import { SampleDryRuns } from '#campaigns';
import type { DryRunView, SampleDryRunView, SendingDomain } from '#contracts';
import { publish, upload, type UploadedVersion } from '../support/campaigns.js';
import { campaignOf, type Comparison, compare, crowd, EIGHT_MAILS, StillClock } from '../support/dry-run-agreement.js';
import { openMailDrain } from '../support/mail-sink.js';
import { type NameServer, openNameServer } from '../support/name-server.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';

const IS_LONG = process.env['LONG'] === '1';
/**
 * Few enough a day that a mail to everybody takes nearly three days; LONG=1
 * asks the same of more people.
 */
const LIMITED = IS_LONG ? { people: 160, dailyLimit: 60 } : { people: 16, dailyLimit: 6 };
const PEOPLE = Number(process.env['DRY_RUN_PEOPLE'] ?? 40);
/** A long run is asked for by its size, and takes as long as that. */
const LONG_MS = 300_000 + PEOPLE * 100;

describe('a dry run', () => {
  let stage: TestProduct;
  let names: NameServer;
  let version: UploadedVersion;
  let drain: Awaited<ReturnType<typeof openMailDrain>> | null = null;
  let campaigns = 0;

  beforeAll(async () => {
    names = await openNameServer();
    names.set('TXT', 'mail.throughline.example', 'v=spf1 ip4:192.0.2.25 -all');
    // One chunk at a time: who of two that are handed over together takes the
    // last places of a day is chance.
    drain = PEOPLE > 1_000 ? await openMailDrain() : null;
    const environment = {
      DNS_SERVERS: names.address,
      // A long run is about decisions: with a smaller cap more of them are
      // other than to send, and it ends sooner.
      ...(drain === null ? {} : { SMTP_URL: drain.url, FREQUENCY_CAP: '1' }),
    };
    stage = await openTestProduct(environment, { delivery: 1 }, { clock: new StillClock() });
    version = await aCampaign();
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(async () => {
    await stage.close();
    await names.close();
    await drain?.close();
  });

  const aCampaign = async (rules: object = {}, steps: readonly object[] = EIGHT_MAILS): Promise<UploadedVersion> =>
    publish(stage.vendor, await campaignOf(steps, `dry-run-${campaigns++}`, rules), {
      partnerGroupIds: [stage.vendor.groupId],
      opensOn: stage.day(0),
      closesOn: stage.day(300),
    });
  const trialOf = async ({ versionId }: UploadedVersion, people: number, partner = stage.partner) => ({
    partner,
    versionId,
    listId: await crowd(stage, partner, people, `crowd${campaigns}-`),
  });
  /** What takes many days of many people: a run of all suites does that. */
  const itWhole = process.env['THROUGHLINE_TEST_ALL'] === '1' || IS_LONG ? it : it.skip;
  const expectAgreement = ({ disagreements, examples, people, compared }: Comparison, of: number): void => {
    expect({ disagreements, examples }).toEqual({ disagreements: 0, examples: [] });
    expect(people).toBe(of);
    expect(compared).toBeGreaterThan(of);
  };

  it(
    'says of everybody on a list what the real run then decides, step by step, and when',
    async () => {
      const isLong = PEOPLE > 1_000;
      const found = await compare(stage, await trialOf(version, PEOPLE), isLong ? say : undefined);
      if (isLong) report(found);
      expectAgreement(found, PEOPLE);
      // What a list of this kind has: every reason that it was made for, and
      // the same sums as its people.
      expect(Object.keys(found.reasons)).toEqual([
        'consent-expired',
        'consent-unknown',
        'contact-policy',
        'field-missing',
        'prefers-fewer',
        'sent',
        'suppressed',
        'topic-refused',
      ]);
      const skipped = new Map<string, number>();
      for (const step of found.forecast.steps)
        for (const { reason, count } of step.skipped) skipped.set(reason, (skipped.get(reason) ?? 0) + count);
      const sent = found.forecast.steps.reduce((sum, { willGet }) => sum + willGet, 0);
      expect({ ...Object.fromEntries(skipped), sent }).toEqual(found.reasons);
      expect(found.forecast.total).toBe(PEOPLE);
    },
    LONG_MS,
  );

  it('leaves out who stands already as a rule of the campaign ends its ways, as the real run does', async () => {
    const campaign = await aCampaign({ exits: [{ list: 'Customers' }] }, [{ key: 'welcome', email: 'm0' }]);
    const trial = await trialOf(campaign, 20, await stage.aCompletePartner());
    const { body } = await trial.partner.owner.post('/api/v1/contact-lists', { name: 'Customers' }).expect(201);
    await stage.api.asOwner(
      `INSERT INTO contacts.contact_list_member (list_id, contact_id, partner_id, added_at)
       SELECT $2, contact_id, partner_id, added_at FROM contacts.contact_list_member WHERE list_id = $1 ORDER BY contact_id LIMIT 7`,
      [trial.listId, (body as { id: string }).id],
    );
    const found = await compare(stage, trial);
    expect({ disagreements: found.disagreements, examples: found.examples }).toEqual({
      disagreements: 0,
      examples: [],
    });
    expect([found.people, found.compared, found.reasons['exit-rule']]).toEqual([20, 20, 7]);
    const states = await stage.api.asOwner<{ state: string; n: number }>(
      `SELECT state, count(*)::int AS n FROM sequences.enrolment WHERE partner_id = $1 AND state = 'exited' GROUP BY 1`,
      [trial.partner.id],
    );
    expect(states).toEqual([{ state: 'exited', n: 7 }]);
  });

  itWhole(
    'keeps to what a partner wants in days of its own, as the real run does',
    async () => {
      const partner = await stage.aCompletePartner();
      const trial = await trialOf(await aCampaign(), 24, partner);
      const without = (await forecast(trial, stage.inDays(0))).steps.reduce((sum, { willGet }) => sum + willGet, 0);
      await partner.owner.put('/api/v1/sending/frequency-cap', { cap: 2, days: 30 }).expect(200);
      const found = await compare(stage, trial);
      expectAgreement(found, 24);
      expect(found.reasons['sent']).toBeLessThan(without);
      const most = await stage.api.asOwner<{ n: number }>(
        `SELECT max(n)::int AS n FROM (SELECT count(*) OVER (PARTITION BY contact_id ORDER BY frequency_use_at
         RANGE BETWEEN '719 hours' PRECEDING AND CURRENT ROW) AS n FROM delivery.message
       WHERE partner_id = $1 AND frequency_use_at IS NOT NULL AND state <> 'failed') counted`,
        [partner.id],
      );
      expect(most).toEqual([{ n: 2 }]);
    },
    300_000,
  );

  itWhole(
    'knows who waits when a campaign sends no more than so many in a day, and until when',
    async () => {
      const { people, dailyLimit } = LIMITED;
      const limited = await aCampaign({ dailyLimit });
      const found = await compare(stage, await trialOf(limited, people, await stage.aCompletePartner()));
      expectAgreement(found, people);
      expect(found.waits).toEqual({ 'day-full': expect.any(Number) as number });
      expect(found.waits['day-full']).toBeGreaterThan(people);
      const delayed = found.forecast.steps.flatMap((step) => step.delayed.map(({ count }) => count));
      expect(delayed.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(people * 0.625);
    },
    300_000,
  );

  itWhole(
    'knows who waits for the first look at a partner’s mail, and for the ramp of its new domain',
    async () => {
      const partner = await stage.aCompletePartner(undefined, { name: 'Alpenblick IT' });
      const { body } = await partner.owner
        .put('/api/v1/sending/domain', { domain: 'news.alpenblick.example', fromLocal: 'mia' })
        .expect(200);
      for (const { type, name, value } of (body as SendingDomain).records)
        if (value !== null) names.set(type, name, value);
      await partner.owner.post('/api/v1/sending/domain/check').expect(200);
      // More than the first look takes, which is 200.
      const people = IS_LONG ? 450 : 220;
      // Two mails to each contact reach the limit of a new domain as eight do.
      const campaign = await aCampaign({}, IS_LONG ? EIGHT_MAILS : EIGHT_MAILS.slice(0, 4));
      const found = await compare(stage, await trialOf(campaign, people, partner));
      expectAgreement(found, people);
      expect(found.waits).toMatchObject({ 'warming-up': expect.any(Number) as number });
    },
    300_000,
  );

  const forecast = async (
    { partner, versionId, listId }: Awaited<ReturnType<typeof trialOf>>,
    startAt: string,
    query = '',
  ): Promise<DryRunView> => {
    const { body } = await partner.owner
      .post(`/api/v1/offers/${versionId}/dry-run${query}`, { listId, startAt })
      .expect(200);
    return body as DryRunView;
  };

  it('answers as far as it has come, goes on, and lets others have their turn meanwhile', async () => {
    const trial = await trialOf(version, 3_000, await stage.aCompletePartner());
    const startAt = stage.inDays(0);
    const first = await forecast(trial, startAt, '?waitSeconds=0');
    expect(first).toMatchObject({ isComplete: false, isCurrent: true, progress: { of: 3_000 } });
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const began = performance.now();
    const all = await forecast(trial, startAt);
    delay.disable();
    expect(all).toMatchObject({
      isComplete: true,
      isCurrent: true,
      total: 3_000,
      progress: { people: 3_000, of: 3_000 },
    });
    // Ten pages and eight steps for everybody: were it done in one go, nobody
    // else would be heard for as long as it takes.
    expect(delay.max / 1e6).toBeLessThan((performance.now() - began) / 2);
  }, 300_000);

  it('is kept while nothing changes; what is older than a change says so, and is reckoned again', async () => {
    const partner = await stage.aCompletePartner();
    const trial = await trialOf(version, 120, partner);
    const startAt = stage.inDays(0);
    const before = await forecast(trial, startAt);
    stage.api.clock.advance(60_000);
    expect(await forecast(trial, startAt)).toEqual(before);

    const { body } = await partner.owner.get(`/api/v1/contacts?listId=${trial.listId}&limit=1`).expect(200);
    const [{ email }] = (body as { items: [{ email: string }] }).items;
    await partner.owner.post('/api/v1/suppressions', { email, reason: 'requested' }).expect(201);
    const meanwhile = await forecast(trial, startAt, '?waitSeconds=0');
    expect(meanwhile).toEqual({ ...before, isCurrent: false, progress: expect.anything() as object });

    const after = await forecast(trial, startAt);
    expect(after).toMatchObject({ isComplete: true, isCurrent: true });
    expect(after.asOf > before.asOf).toBe(true);
    expect(suppressed(after)).toBeGreaterThan(suppressed(before));
  }, 300_000);

  it('counts whose day comes before and after a date, also for a launch without a list', async () => {
    const entries = [
      { key: 'renewal', date: 'renewsOn', daysBefore: 30, start: 'mail' },
      { key: 'bought', date: 'purchasedOn', daysAfter: 10, start: 'mail' },
    ];
    const { versionId } = await aCampaign({ entries }, [{ key: 'mail', email: 'm0' }]);
    const { owner } = await stage.aCompletePartner();
    const { day } = stage;
    // The first and the last day that count, and those beside them.
    const dates = [
      ...[29, 30, 40, 40, 120, 121].map((ahead) => ({ renewsOn: day(ahead) })),
      ...[-11, -10, 80, 81].map((ahead) => ({ purchasedOn: day(ahead) })),
    ];
    for (const [at, date] of dates.entries())
      await owner.post('/api/v1/contacts', { email: `dated${at}@customer.example`, ...date }).expect(201);
    const plan = { lists: { include: [] }, startAt: stage.inDays(0) };
    const { body } = await owner.post(`/api/v1/offers/${versionId}/dry-run`, plan).expect(200);
    expect(body).toMatchObject({
      total: 0,
      byDate: [
        { entryKey: 'renewal', field: 'renewsOn', days: -30, people: 4, most: { on: day(10), people: 2 } },
        { entryKey: 'bought', field: 'purchasedOn', days: 10, people: 2, most: { on: day(0), people: 1 } },
      ],
    });
  });

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
            events: [{ kind: 'reply', afterHours: 76 }],
          },
        ],
      })
      .expect(200);
    const [london, answers] = (body as SampleDryRunView).samples;
    // A Friday before the clocks change: the Saturday's mail waits for Monday,
    // at half past eight by the clock that has changed.
    expect(london?.steps.slice(0, 2).map(({ stepKey, at }) => `${stepKey} ${at}`)).toEqual([
      'mail-0 2027-03-29T07:30:00.000Z',
      'mail-1 2027-03-29T09:30:00.000Z',
    ]);
    expect(london?.steps[0]?.waits).toEqual([
      {
        reason: 'closed-weekday',
        sentence: 'The campaign sends no e-mails on that weekday.',
        since: expect.stringMatching(/^2027-03-27T/),
      },
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
          { name: 'Large', timeZone: 'Europe/London', segment: 'enterprise', events: tries },
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

  it('of contacts that there are not enters by the rule that the vendor chooses', async () => {
    const steps = [
      { key: 'list', email: 'm0', next: 'end' },
      { key: 'answer', email: 'm1', next: 'end' },
    ];
    const entries = [
      { key: 'at-launch', launch: true, start: 'list' },
      { key: 'by-form', form: 'any', start: 'answer' },
    ];
    const { path } = await upload(stage.vendor.editor, await campaignOf(steps, 'dry-run-entries', { entries }));
    const run = (entry?: string) =>
      stage.vendor.editor.post(`${path}/dry-run`, {
        startAt: '2027-03-01T10:00:00.000Z',
        samples: [{ name: 'Anybody', timeZone: 'Europe/London' }],
        ...(entry === undefined ? {} : { entry }),
      });
    const of = async (entry?: string) => (await run(entry).expect(200)).body.samples[0];
    expect((await of()).steps).toMatchObject([{ stepKey: 'list' }]);
    expect(await of('by-form')).toMatchObject({
      steps: [{ stepKey: 'answer' }],
      lead: { at: '2027-03-01T10:00:00.000Z' },
      end: 'completed',
    });
    const { body } = await run('nothing').expect(422);
    expect([body.code, body.field]).toEqual(['dry-run.entry', 'entry']);
  });

  it('keeps public holidays of each sample’s country, as the installation does', async () => {
    // The settings of the product do not change while it runs.
    const runs: object = stage.api.app.get(SampleDryRuns, { strict: false });
    const closing = (PUBLIC_HOLIDAYS: boolean): object => Object.assign(runs, { config: { PUBLIC_HOLIDAYS } });
    const firstDays = async (): Promise<(string | undefined)[]> => {
      const { body } = await stage.vendor.editor
        .post(`${version.path}/dry-run`, {
          // A day's wait ends in the evening before Ascension Day, a Thursday.
          startAt: '2027-05-04T21:00:00.000Z',
          samples: [
            { name: 'German', timeZone: 'Europe/Berlin', country: 'DE' },
            { name: 'Unknown', timeZone: 'Europe/London' },
          ],
        })
        .expect(200);
      return (body as SampleDryRunView).samples.map(({ steps }) =>
        steps.find(({ kind }) => kind === 'email')?.at.slice(0, 10),
      );
    };
    expect(await firstDays()).toEqual(['2027-05-06', '2027-05-06']);
    closing(true);
    try {
      expect(await firstDays()).toEqual(['2027-05-07', '2027-05-06']);
    } finally {
      closing(false);
    }
  });

  it('refuses a time zone that is none, by its place', async () => {
    const { body } = await stage.vendor.editor
      .post(`${version.path}/dry-run`, { samples: [{ name: 'Nowhere', timeZone: 'Mars/Olympus' }] })
      .expect(422);
    expect([body.code, body.field]).toEqual(['dry-run.time-zone', 'samples.0.timeZone']);
  });
});

/** Decisions that were not to send because of an opt-out. */
const suppressed = ({ steps }: DryRunView): number =>
  steps
    .flatMap(({ skipped }) => skipped)
    .reduce((sum, { reason, count }) => sum + (reason === 'suppressed' ? count : 0), 0);

const say = (line: string): void => void process.stdout.write(`${new Date().toISOString()} ${line}\n`);

/** What a long run is made for. */
function report({ people, compared, disagreements, reasons, waits, seconds }: Comparison): void {
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
  say(JSON.stringify({ people, compared, disagreements, reasons, waits, seconds, peakMb }));
}
