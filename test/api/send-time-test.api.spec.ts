import { publish, wholeCampaign } from '../support/campaigns.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const EARLY = { from: '08:00', to: '10:00' };
const LATE = { from: '16:00', to: '18:00' };
const ARMS = ['08:00-10:00', '16:00-18:00'];
const PEOPLE = 16;
const ZONE = 'America/New_York';

/** The full hour of a moment in New York. */
const hourOf = (at: string | Date): number =>
  Number(new Intl.DateTimeFormat('en', { timeZone: ZONE, hour: '2-digit', hourCycle: 'h23' }).format(new Date(at)));
const isIn = (at: string | Date, arm: string): boolean => {
  const hour = hourOf(at);
  return arm === ARMS[0] ? hour >= 8 && hour < 10 : hour >= 16 && hour < 18;
};

describe('a test of send times', () => {
  let stage: TestProduct;
  let campaigns = 0;

  beforeAll(async () => {
    stage = await openTestProduct();
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(() => stage.close());

  const aCampaign = async (step: object) =>
    publish(
      stage.vendor,
      await wholeCampaign(`send-times-${campaigns++}`, undefined, {
        sequence: {
          window: { from: '08:00', to: '18:00', weekdays: DAYS },
          steps: [{ key: 'welcome', email: 'welcome', ...step }],
        },
      }),
      { partnerGroupIds: [stage.vendor.groupId], opensOn: stage.day(0), closesOn: stage.day(300) },
    );

  it('sends to each contact at the time that was drawn for it, as preview, plan and results say', async () => {
    const { owner } = stage.partner;
    const { campaignId, versionId } = await aCampaign({ testTimes: [EARLY, LATE] });
    const people = Array.from({ length: PEOPLE }, () => ({ timeZone: ZONE }));
    const { id: listId, emails } = await stage.aList(owner, people);

    // Each contact's own time, before the launch.
    const path = `/api/v1/offers/${versionId}/dry-run`;
    const { body: foreseen } = await owner.post(`${path}/people?limit=50`, { listId }).expect(200);
    const foreseenAt = new Map(
      (foreseen.items as { email: string; steps: { at: string }[] }[]).map(({ email, steps }) => [email, steps[0]!.at]),
    );
    const { body: dates } = await owner.post(`/api/v1/offers/${versionId}/dates`, {}).expect(200);
    expect(dates.steps[0]).toMatchObject({
      testTimes: [
        { ...EARLY, weekdays: [] },
        { ...LATE, weekdays: [] },
      ],
    });

    const { body: launched } = await stage.launch(owner, { versionId, listId }).expect(201);
    const enrolments = (): Promise<{ email: string; arm: string; armVersion: number; dueAt: Date }[]> =>
      stage.api.asOwner(
        `SELECT c.email, e.arm, e.arm_version AS "armVersion", e.due_at AS "dueAt" FROM sequences.enrolment e
         JOIN contacts.contact c ON c.id = e.contact_id WHERE e.activation_id = $1`,
        [launched.id],
      );
    await until(async () => (await enrolments()).length === PEOPLE, 'the enrolment');
    const drawn = await enrolments();
    expect(new Set(drawn.map(({ arm }) => arm))).toEqual(new Set(ARMS));
    for (const { email, arm, armVersion, dueAt } of drawn) {
      expect(armVersion).toBe(1);
      expect(isIn(dueAt, arm)).toBe(true);
      expect(new Date(foreseenAt.get(email) ?? 0)).toEqual(dueAt);
    }
    const { body: planned } = await owner.get(`/api/v1/activations/${launched.id}/people?limit=50`).expect(200);
    for (const { email, nextAt } of planned.items as { email: string; nextAt: string }[])
      expect(new Date(nextAt)).toEqual(drawn.find((one) => one.email === email)?.dueAt);

    // At each time, the e-mails of that arm go, and no others.
    const dueTimes = [...new Set(drawn.map(({ dueAt }) => dueAt.getTime()))].sort((a, b) => a - b);
    expect(dueTimes).toHaveLength(2);
    for (const dueAt of dueTimes) {
      stage.api.clock.advance(dueAt + 60_000 - stage.api.clock.now().getTime());
      for (const one of drawn.filter((own) => own.dueAt.getTime() === dueAt)) await stage.mailTo(one.email);
      await stage.booked();
      const later = drawn.filter((own) => own.dueAt.getTime() > dueAt);
      for (const { email } of later) expect(stage.mails.to(email)).toEqual([]);
    }
    expect(emails.map((email) => stage.mails.to(email).length)).toEqual(emails.map(() => 1));

    const sent = await stage.api.asOwner<{ variant: string; n: number }>(
      'SELECT variant, count(*)::int AS n FROM delivery.message WHERE activation_id = $1 GROUP BY 1 ORDER BY 1',
      [launched.id],
    );
    const counts = ARMS.map((arm) => drawn.filter((one) => one.arm === arm).length);
    expect(sent).toEqual(ARMS.map((arm, at) => ({ variant: `en; time=${arm}; test=1`, n: counts[at] })));
    const { body: own } = await owner.get(`/api/v1/activations/${launched.id}/experiments`).expect(200);
    expect(own.test).toMatchObject({
      of: 'time',
      waiting: 0,
      winner: null,
      arms: [
        { arm: ARMS[0], time: { ...EARLY, weekdays: [] }, people: counts[0], verdict: 'open' },
        { arm: ARMS[1], time: { ...LATE, weekdays: [] }, people: counts[1], verdict: 'open' },
      ],
    });
    const { text: csv } = await owner.get(`/api/v1/activations/${launched.id}/experiments.csv`).expect(200);
    expect(csv).toContain('experiment,arm,subject,people');
    expect(csv).toContain(`test-time,${ARMS[1]}`);

    // The vendor reads the same arms, and applies one.
    const { editor } = stage.vendor;
    const { body: ofVendor } = await editor.get(`/api/v1/campaigns/${campaignId}/experiments`).expect(200);
    expect(ofVendor.test).toMatchObject({ of: 'time', arms: ARMS.map((arm) => ({ arm, sent: null })) });
    const { text: vendorCsv } = await editor.get(`/api/v1/campaigns/${campaignId}/experiments.csv`).expect(200);
    expect(vendorCsv).toContain(`test-time,${ARMS[0]}`);
    await editor.put(`/api/v1/campaigns/${campaignId}/versions/1/test-winner`, { arm: ARMS[1] }).expect(200);
    const again = await stage.aList(owner, [{ timeZone: ZONE }, { timeZone: ZONE }, { timeZone: ZONE }]);
    const { body: after } = await owner.post(`${path}/people?limit=50`, { listId: again.id }).expect(200);
    for (const { steps } of after.items as { steps: { at: string }[] }[])
      expect(isIn(steps[0]!.at, ARMS[1]!)).toBe(true);
  });

  it('is not read before the last contact has had the time to answer', async () => {
    const { owner } = stage.partner;
    const { versionId } = await aCampaign({ testTimes: [EARLY, LATE] });
    const { id: listId } = await stage.aList(owner, [{ timeZone: ZONE }, { timeZone: ZONE }]);
    const { body: launched } = await stage.launch(owner, { versionId, listId }).expect(201);
    const path = `/api/v1/activations/${launched.id}`;
    const enrolled = 'SELECT 1 FROM sequences.enrolment WHERE activation_id = $1';
    await until(async () => (await stage.api.asOwner(enrolled, [launched.id])).length === 2, 'the enrolment');
    await owner.post(`${path}/hold`, {}).expect(200);
    // Held beyond the planned day: nobody has got anything, and the day moves on.
    stage.api.clock.advance(60 * 86_400_000);
    const { body } = await owner.get(`${path}/experiments`).expect(200);
    expect(body.test).toMatchObject({ waiting: 2, arms: [{ verdict: 'open' }, { verdict: 'open' }] });
    expect(new Date(body.test.readAt).getTime()).toBeGreaterThan(stage.api.clock.now().getTime() + 27 * 86_400_000);
  });

  it('takes a sample contact at the time that is chosen for it, and refuses another one', async () => {
    const { campaignId } = await aCampaign({ testTimes: [EARLY, LATE] });
    const { editor } = stage.vendor;
    const path = `/api/v1/campaigns/${campaignId}/versions/1/dry-run`;
    const sample = { name: 'Ada', timeZone: ZONE };
    const { body } = await editor.post(path, { samples: [sample, { ...sample, arm: ARMS[1] }] }).expect(200);
    const [first, second] = body.samples as { steps: { at: string; waits: { reason: string }[] }[] }[];
    expect(hourOf(first!.steps[0]!.at)).toBe(8);
    expect(isIn(second!.steps[0]!.at, ARMS[1]!)).toBe(true);
    expect(first!.steps[0]!.waits.map(({ reason }) => reason)).toEqual(['test-time']);
    const { body: refused } = await editor.post(path, { samples: [{ ...sample, arm: 'noon' }] }).expect(422);
    expect(refused).toMatchObject({ code: 'dry-run.arm', field: 'arm' });
  });
});
