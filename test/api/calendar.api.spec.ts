import type { CalendarOutlook, DatesView, ForecastContactView, StoredCalendar, PartnerCalendar } from '#contracts';
import { publicHolidays } from '#sequencing';
import { publish, type UploadedVersion, wholeCampaign } from '../support/campaigns.js';
import { StillClock } from '../support/dry-run-agreement.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const PATH = '/api/v1/calendar';
const EMPTY: StoredCalendar = {
  blackouts: [],
  holidays: {},
  holidayNames: {},
  publicHolidays: false,
  holidayRegion: null,
  country: 'GB',
  version: 0,
};
const ALL_DAYS = { from: '08:00', to: '18:00', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] };
const TWO_MAILS = {
  window: ALL_DAYS,
  steps: [
    { key: 'first', email: 'welcome' },
    { key: 'pause', wait: { businessDays: 2 } },
    { key: 'second', email: 'proof' },
  ],
};

describe('a partner’s calendar', () => {
  let stage: TestProduct;
  let version: UploadedVersion;
  let partner: TestProduct['partner'];

  beforeAll(async () => {
    stage = await openTestProduct({}, {}, { clock: new StillClock() });
    version = await publish(stage.vendor, await wholeCampaign('two-mails', undefined, { sequence: TWO_MAILS }), {
      partnerGroupIds: [stage.vendor.groupId],
      opensOn: stage.day(0),
      closesOn: stage.day(300),
    });
  });
  beforeEach(async () => {
    // Always a Tuesday: business days and weekends lie where the tests expect
    // them.
    while (stage.api.clock.now().getUTCDay() !== 2) stage.api.clock.advance(86_400_000);
    stage.toWorkingHours();
    partner = await stage.aCompletePartner();
  });
  afterAll(() => stage.close());

  const set = (calendar: Partial<PartnerCalendar>) =>
    partner.owner.put(PATH, { blackouts: [], holidays: {}, ...calendar });
  const only = (ahead: number) => ({ from: stage.day(ahead), to: stage.day(ahead) });
  const launched = async (contact: object = {}): Promise<{ id: string; listId: string }> => {
    const list = await stage.aList(partner.owner, [contact]);
    const { body } = await stage.launch(partner.owner, { versionId: version.versionId, listId: list.id }).expect(201);
    return { id: (body as { id: string }).id, listId: list.id };
  };
  /** Steps that were decided, and the day of what comes next. */
  const stands = async (activationId: string): Promise<string> => {
    const [row] = await stage.api.asOwner<{ done: number; next: string | null }>(
      `SELECT (SELECT count(*)::int FROM sequences.step_execution WHERE activation_id = $1 AND outcome = 'sent') AS done,
         (SELECT (due_at AT TIME ZONE 'UTC')::date::text FROM sequences.enrolment WHERE activation_id = $1 AND state = 'waiting') AS next`,
      [activationId],
    );
    return `${row?.done ?? 0} ${row?.next ?? ''}`;
  };
  /**
   * Time stands still but for this: what a relay could not take at once is
   * tried again minutes later.
   */
  const toTheNextTry = async (): Promise<void> => {
    const { clock } = stage.api;
    const [row] = await stage.api.asOwner<{ at: Date | null }>(
      'SELECT min(retry_at) AS at FROM delivery.message WHERE retry_at BETWEEN $1 AND $2',
      [clock.now(), new Date(clock.now().getTime() + 10 * 60_000)],
    );
    if (row?.at) clock.advance(row.at.getTime() - clock.now().getTime());
  };
  const untilStands = async (activationId: string, at: string): Promise<void> => {
    let found = '';
    const isThere = async (): Promise<boolean> => {
      found = await stands(activationId);
      if (found !== at) await toTheNextTry();
      return found === at;
    };
    await until(isThere, () => `the activation to be at “${at}”; it is at “${found}”`);
  };

  /** The next holiday of Scotland alone, whose next day is none. */
  const scottishDay = async (): Promise<string> => {
    const daysOf = async (region: string | null): Promise<string[]> => {
      const years = [0, 300].map((ahead) => Number(stage.day(ahead).slice(0, 4)));
      const found = await Promise.all(
        years.map((year) => publicHolidays({ country: 'GB', region, year, language: 'en' })),
      );
      return found.flatMap(({ days }) => days.map(({ on }) => on));
    };
    const [scottish, british] = [await daysOf('SCT'), await daysOf(null)];
    const isAlone = (on: string): boolean =>
      !scottish.includes(new Date(Date.parse(on) + 86_400_000).toISOString().slice(0, 10));
    const day = scottish.find((on) => on > stage.day(1) && !british.includes(on) && isAlone(on));
    if (day === undefined) throw new Error('Scotland has no such holiday within 300 days.');
    return day;
  };

  it('is empty at first, is given back as it was set, and stands in the audit log', async () => {
    expect((await partner.owner.get(PATH).expect(200)).body).toEqual(EMPTY);
    const calendar = {
      blackouts: [{ from: '2026-12-24', to: '2027-01-03', name: 'Christmas break' }],
      holidays: { DE: ['2027-05-01'], all: [] },
      holidayNames: { DE: { '2027-05-01': 'Tag der Arbeit' } },
    };
    const kept = { ...EMPTY, ...calendar, version: 1 };
    expect((await partner.owner.put(PATH, calendar).expect(200)).body).toEqual(kept);
    expect((await partner.owner.get(PATH).expect(200)).body).toEqual(kept);
    const entries = await stage.api.asOwner(
      `SELECT details FROM audit.entry WHERE action = 'calendar.changed' AND subject_id = $1`,
      [partner.id],
    );
    expect(entries).toEqual([{ details: calendar }]);
    expect((await stage.partner.owner.get(PATH).expect(200)).body).toEqual(EMPTY);
  });

  it('is not saved over somebody else’s newer one, and says so', async () => {
    const save = (basedOn: string, ...blackouts: object[]) =>
      partner.owner.put(PATH, { blackouts, holidays: {} }).set('If-Match', basedOn);
    await save('"0"', only(40)).expect(200);
    const { body } = await save('"0"', only(41)).expect(412);
    expect(body).toMatchObject({ code: 'calendar.stale' });
    expect((await partner.owner.get(PATH).expect(200)).body).toMatchObject({ blackouts: [only(40)], version: 1 });
    await save('"1"', only(40), only(41)).expect(200);
    await save('one', only(42)).expect(422);
  });

  it('offers the public holidays of a country and its regions by name', async () => {
    const { body } = await partner.owner.get(`${PATH}/public-holidays?country=DE&region=BY&year=2026&language=de`);
    expect(body.days).toContainEqual({ on: '2026-01-06', name: 'Heilige Drei Könige' });
    expect(body.regions).toContainEqual({ code: 'BY', name: 'Bayern' });
    await partner.owner.get(`${PATH}/public-holidays?country=Germany&year=2026`).expect(422);
  });

  it('closes the holidays of the partner’s region, too, and of no other', async () => {
    const scotland = await set({ publicHolidays: true, holidayRegion: 'SCT' }).expect(200);
    expect(scotland.body).toMatchObject({ holidayRegion: 'SCT', country: 'GB' });
    const own = await scottishDay();
    const list = await stage.aList(partner.owner);
    const firstDay = async (): Promise<string> => {
      const { body } = await partner.owner
        .post(`/api/v1/offers/${version.versionId}/dry-run`, { listId: list.id, startAt: `${own}T10:00:00.000Z` })
        .expect(200);
      return body.steps[0].first.slice(0, 10);
    };
    const next = new Date(Date.parse(own) + 86_400_000).toISOString().slice(0, 10);
    expect(await firstDay()).toBe(next);
    await set({ publicHolidays: true }).expect(200);
    expect(await firstDay()).toBe(own);
    const { body } = await set({ holidayRegion: 'BY' }).expect(422);
    expect(body).toMatchObject({ code: 'calendar.region-unknown', field: 'holidayRegion' });
  });

  it('is kept to when a launch is planned, in every activation of the partner and no other’s', async () => {
    await set({ blackouts: [{ from: stage.day(0), to: stage.day(1) }] }).expect(200);
    const { id } = await launched();
    await untilStands(id, `0 ${stage.day(2)}`);
    const other = await stage.running(stage.partner.owner, { versionId: version.versionId });
    await stage.mailTo(other.email);
  });

  it('is kept to when what was planned falls due', async () => {
    const { id } = await launched();
    await untilStands(id, `1 ${stage.day(2)}`);
    await set({ blackouts: [only(2)] }).expect(200);
    const onThatDay = stage.day(3);
    stage.api.clock.advance(2 * 86_400_000);
    await untilStands(id, `1 ${onThatDay}`);
    stage.api.clock.advance(86_400_000);
    await untilStands(id, '2 ');
  });

  it('makes holidays no business days, for contacts of their country', async () => {
    await set({ holidays: { DE: [stage.day(1)] } }).expect(200);
    const [german, british] = [await launched({ country: 'DE' }), await launched({ country: 'GB' })];
    await untilStands(german.id, `1 ${stage.day(3)}`);
    await untilStands(british.id, `1 ${stage.day(2)}`);
  });

  it('is what a dry run goes by', async () => {
    await set({ blackouts: [only(0)], holidays: { all: [stage.day(2)] } }).expect(200);
    const list = await stage.aList(partner.owner);
    const { body } = await partner.owner
      .post(`/api/v1/offers/${version.versionId}/dry-run/people?limit=10`, { listId: list.id })
      .expect(200);
    const [person] = (body as { items: ForecastContactView[] }).items;
    // Wednesday instead of Tuesday; two business days on, without Thursday, are
    // Monday.
    expect(person?.steps.map(({ at }) => at.slice(0, 10))).toEqual([stage.day(1), stage.day(6)]);
  });

  it('tells before it is saved what it would move, and moves nothing by telling', async () => {
    const { id } = await launched({ country: 'DE' });
    await untilStands(id, `1 ${stage.day(2)}`);
    const outlook = async (calendar: Partial<PartnerCalendar>): Promise<CalendarOutlook['activations']> => {
      const body = { blackouts: [], holidays: {}, ...calendar };
      return ((await partner.owner.post(`${PATH}/outlook`, body).expect(200)).body as CalendarOutlook).activations;
    };
    expect(await outlook({ blackouts: [only(5)] })).toEqual([]);
    expect(await outlook({ holidays: { FR: [stage.day(2)] } })).toEqual([]);
    const [moved, ...others] = await outlook({ blackouts: [{ from: stage.day(2), to: stage.day(3) }] });
    expect(others).toEqual([]);
    expect(moved).toMatchObject({ activationId: id, people: 1, passed: 0 });
    expect(moved?.steps.map(({ before, after }) => [before.slice(0, 10), after?.slice(0, 10)])).toEqual([
      [stage.day(2), stage.day(4)],
    ]);
    expect(await outlook({ holidays: { DE: [stage.day(2)] } })).toMatchObject([{ people: 1, steps: [] }]);
    expect((await partner.owner.get(PATH).expect(200)).body).toEqual(EMPTY);
    expect(await stands(id)).toBe(`1 ${stage.day(2)}`);
  });

  it('stands with its names between the steps of an offer and of what runs', async () => {
    const { id } = await launched();
    await set({
      blackouts: [{ ...only(1), name: 'Stock-taking' }, only(200)],
      holidays: { DE: [stage.day(1)], AT: [stage.day(1)] },
      holidayNames: { DE: { [stage.day(1)]: 'Unity' }, AT: { [stage.day(1)]: 'Unity' } },
    }).expect(200);
    const closed = [
      { ...only(1), name: 'Stock-taking', countries: [], by: 'partner' },
      { ...only(1), name: 'Unity', countries: ['AT', 'DE'], by: 'partner' },
    ];
    const running = (await partner.owner.get(`/api/v1/activations/${id}/dates`).expect(200)).body as DatesView;
    expect(running.closed).toEqual(closed);
    const offered = await partner.owner.post(`/api/v1/offers/${version.versionId}/dates`, {}).expect(200);
    expect((offered.body as DatesView).closed).toEqual(closed);
  });

  it.each([
    [
      'a blackout that ends before it begins',
      { blackouts: [{ from: '2026-12-24', to: '2026-12-23' }] },
      'blackouts[0]',
    ],
    ['one of three months', { blackouts: [{ from: '2026-10-01', to: '2026-12-31' }] }, 'blackouts[0]'],
    ['a day that there is not', { holidays: { DE: ['2026-02-30'] } }, 'holidays.DE[0]'],
    ['a name for a day that is none', { holidayNames: { DE: { '2026-10-03': 'Unity' } } }, 'holidayNames'],
    ['a country that is none', { holidays: { Germany: ['2026-10-03'] } }, 'holidays.Germany'],
  ])('refuses %s, and changes nothing', async (_, calendar, field) => {
    const { body } = await set(calendar).expect(422);
    expect(JSON.stringify(body)).toContain(field);
    expect((await partner.owner.get(PATH).expect(200)).body).toEqual(EMPTY);
  });

  it('has the public holidays of the contact’s country, unless the partner sends on them', async () => {
    const now = stage.api.clock.now();
    const years = [now.getUTCFullYear(), now.getUTCFullYear() + 1];
    const [holiday, next] = years
      .flatMap((year) => [
        [`${year}-05-01`, `${year}-05-02`] as const,
        [`${year}-10-03`, `${year}-10-04`] as const,
        [`${year}-12-25`, `${year}-12-27`] as const,
      ])
      .find(([on]) => Date.parse(on) > now.getTime())!;
    stage.api.clock.advance(Date.parse(`${holiday}T10:00:00Z`) - now.getTime());
    const german = { country: 'DE', timeZone: 'Europe/Berlin' };
    const open = await launched(german);
    const isSent = async (): Promise<boolean> => {
      const sent = (await stands(open.id)).startsWith('1 ');
      if (!sent) await toTheNextTry();
      return sent;
    };
    await until(isSent, 'the e-mail of a partner that sends on holidays');

    expect((await set({ publicHolidays: true }).expect(200)).body).toMatchObject({ publicHolidays: true, version: 1 });
    const planned = await stage.aList(partner.owner, [german]);
    const { body: run } = await partner.owner
      .post(`/api/v1/offers/${version.versionId}/dry-run`, { listId: planned.id })
      .expect(200);
    expect(run.steps[0].first.slice(0, 10)).toBe(next);
    const { id } = await launched(german);
    await untilStands(id, `0 ${next}`);
    const { body: people } = await partner.owner.get(`/api/v1/activations/${id}/people`).expect(200);
    expect(people.items[0].nextAt.slice(0, 10)).toBe(next);
  });
});
