import type { ForeseenPersonView, PartnerCalendar } from '#contracts';
import { publish, type UploadedVersion, wholeCampaign } from '../support/campaigns.js';
import { StillClock } from '../support/dry-run-agreement.js';
import { openStage, type Stage } from '../support/stage.js';
import { until } from '../support/until.js';

const PATH = '/api/v1/calendar';
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
  let stage: Stage;
  let version: UploadedVersion;
  let partner: Stage['partner'];

  beforeAll(async () => {
    stage = await openStage({}, {}, { clock: new StillClock() });
    version = await publish(stage.vendor, await wholeCampaign('two-mails', undefined, { sequence: TWO_MAILS }), {
      partnerGroupId: stage.vendor.groupId,
      opensOn: stage.day(0),
      closesOn: stage.day(300),
    });
  });
  beforeEach(async () => {
    // Always a Tuesday: business days and weekends lie where the tests expect them.
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
  const untilStands = (activationId: string, at: string): Promise<void> =>
    until(async () => (await stands(activationId)) === at, 20_000, `the activation to be at ${at}`);

  it('is empty at first, is given back as it was set, and stands in the audit log', async () => {
    expect((await partner.owner.get(PATH).expect(200)).body).toEqual({ blackouts: [], holidays: {} });
    const calendar = {
      blackouts: [{ from: '2026-12-24', to: '2027-01-03' }],
      holidays: { DE: ['2027-05-01'], all: [] },
    };
    expect((await partner.owner.put(PATH, calendar).expect(200)).body).toEqual(calendar);
    expect((await partner.owner.get(PATH).expect(200)).body).toEqual(calendar);
    const entries = await stage.api.asOwner(
      `SELECT details FROM audit.entry WHERE action = 'calendar.changed' AND subject_id = $1`,
      [partner.id],
    );
    expect(entries).toEqual([{ details: calendar }]);
    expect((await stage.partner.owner.get(PATH).expect(200)).body).toEqual({ blackouts: [], holidays: {} });
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
    const [person] = (body as { items: ForeseenPersonView[] }).items;
    // Wednesday instead of Tuesday; two business days on, without Thursday, are Monday.
    expect(person?.steps.map(({ at }) => at.slice(0, 10))).toEqual([stage.day(1), stage.day(6)]);
  });

  it.each([
    [
      'a blackout that ends before it begins',
      { blackouts: [{ from: '2026-12-24', to: '2026-12-23' }] },
      'blackouts[0]',
    ],
    ['one of three months', { blackouts: [{ from: '2026-10-01', to: '2026-12-31' }] }, 'blackouts[0]'],
    ['a day that there is not', { holidays: { DE: ['2026-02-30'] } }, 'holidays.DE[0]'],
    ['a country that is none', { holidays: { Germany: ['2026-10-03'] } }, 'holidays.Germany'],
  ])('refuses %s, and changes nothing', async (_, calendar, field) => {
    const { body } = await set(calendar).expect(422);
    expect(JSON.stringify(body)).toContain(field);
    expect((await partner.owner.get(PATH).expect(200)).body).toEqual({ blackouts: [], holidays: {} });
  });
});
