import { AsyncLocalStorage } from 'node:async_hooks';
import fc from 'fast-check';
import pg from 'pg';
import { Database } from '#database';
import { Clicks } from '#engagement';
import { Rollups } from '#insight';
import { DAY_MS, HOUR_MS, newId } from '#kernel';
import { Entries } from '../../libs/sequences/src/entering/entries.service.js';
import type { Browser } from '../support/api.js';
import { publish, type UploadedVersion, wholeCampaign } from '../support/campaigns.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const BROWSER = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15';
const WINDOW = { from: '08:00', to: '18:00', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] };

/** A short sequence for each way in, beside the one for the list. */
const waysIn = (event: string) => ({
  window: WINDOW,
  entries: [
    { key: 'list', launch: true, start: 'welcome' },
    { key: 'answer', form: 'any', start: 'thanks' },
    { key: 'trial', event, start: 'proof' },
  ],
  steps: [
    { key: 'welcome', email: 'welcome' },
    { key: 'pause', wait: { days: 4 } },
    { key: 'last', email: 'last-call', next: 'end' },
    { key: 'thanks', email: 'workshop', next: 'end' },
    { key: 'proof', email: 'proof' },
  ],
});

describe('who enters a sequence', () => {
  let stage: TestProduct;
  let owner: Browser;
  let campaigns = 0;
  let people = 0;

  beforeAll(async () => {
    stage = await openTestProduct({}, { notifications: 1 });
    ({ owner } = stage.partner);
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(() => stage.close());

  const aCampaign = async (sequence: object): Promise<UploadedVersion> =>
    publish(stage.vendor, await wholeCampaign(`entries-${campaigns++}`, undefined, { sequence }), {
      partnerGroupIds: [stage.vendor.groupId],
      opensOn: stage.day(0),
      closesOn: stage.day(300),
    });
  const launched = async (sequence: object = waysIn(`happened-${campaigns}`)) =>
    stage.running(owner, { versionId: (await aCampaign(sequence)).versionId });
  const prospect = (): string => `prospect${people++}@customer.example`;
  const post = (pagePath: string, email: string, message = '') =>
    stage.api.http
      .post(`${pagePath}/form`)
      .type('form')
      .send({ email, firstName: 'Ada', company: 'Quay', message, consent: 'yes' });
  const contactIdOf = async (email: string): Promise<string> =>
    (await owner.get(`/api/v1/contacts?q=${encodeURIComponent(email)}`).expect(200)).body.items[0].id as string;
  const enrolmentsOf = async (email: string): Promise<string[]> =>
    (
      await stage.api.asOwner<{ entry: string }>(
        `SELECT e.entry_key || ' ' || e.entry_number AS entry FROM sequences.enrolment e JOIN contacts.contact c ON c.id = e.contact_id
         WHERE c.email = $1 ORDER BY e.enrolled_at, 1`,
        [email],
      )
    ).map(({ entry }) => entry);
  const reasonsOf = async (email: string): Promise<string[]> =>
    (
      await stage.api.asOwner<{ reason: string }>(
        `SELECT n.entry_key || ' ' || n.reason AS reason FROM sequences.not_enrolled n JOIN contacts.contact c ON c.id = n.contact_id
         WHERE c.email = $1 ORDER BY 1`,
        [email],
      )
    ).map(({ reason }) => reason);
  const requestsTaken = (): Promise<void> =>
    until(
      async () =>
        (await stage.api.asOwner('SELECT 1 FROM sequences.entry_request WHERE waits_until IS NULL')).length === 0,
      'every request to be taken',
    );

  it('somebody who sends the form gets the follow-up at once, and once', async () => {
    const { id, pagePath, email: listed } = await launched();
    await stage.mailTo(listed);
    const email = prospect();
    const began = performance.now();
    // A double click.
    const answers = await Promise.all([post(pagePath, email), post(pagePath, email)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const [mail] = await stage.mailTo(email);
    process.stdout.write(`form: ${(performance.now() - began).toFixed(0)} ms from the form to the e-mail\n`);
    expect(mail!.html).toContain('/u/');
    // Another request of the same person: the same one counts once anyhow.
    await post(pagePath, email, 'Call me after noon.').expect(200);
    await requestsTaken();
    await stage.booked();
    expect(await enrolmentsOf(email)).toEqual(['answer 1']);
    expect(await reasonsOf(email)).toEqual(['answer entered-before']);
    const sources = await stage.api.asOwner(
      'SELECT e.source FROM sequences.enrolment e JOIN contacts.contact c ON c.id = e.contact_id WHERE c.email = $1',
      [email],
    );
    expect(sources).toEqual([{ source: 'direct' }]);
    expect(stage.mails.to(email)).toHaveLength(1);
    expect(await enrolmentsOf(listed)).toEqual(['list 1']);
    const { sources: counted } = (await owner.get(`/api/v1/insight/activations/${id}`).expect(200)).body;
    expect(counted).toMatchObject([{ source: 'direct', forms: 2, entries: 1 }]);
    expect(await stage.api.app.get(Rollups, { strict: false }).reconcile(stage.partner.id)).toBe(0);
  });

  describe('of a campaign with a hold-out and a test', () => {
    const PEOPLE = 60;
    const tested = (holdOut: object) => ({
      window: WINDOW,
      ...holdOut,
      entries: [
        { key: 'list', launch: true, start: 'welcome' },
        { key: 'answer', form: 'any', start: 'thanks' },
      ],
      steps: [
        { key: 'welcome', email: 'welcome', test: ['proof'], next: 'end' },
        { key: 'thanks', email: 'workshop' },
      ],
    });
    const everybody = () =>
      stage.aList(
        owner,
        Array.from({ length: PEOPLE }, () => ({})),
      );

    it('says before the launch what so many contacts can show, by the rule that decides', async () => {
      const smallest = async (query: string): Promise<number | null> =>
        (await owner.get(`/api/v1/experiment-power?people=5000&basePercent=10&${query}`).expect(200)).body.smallest;
      expect(await smallest('arms=2')).toBeCloseTo(0.025, 3);
      expect(await smallest('arms=4')).toBeCloseTo(0.042, 3);
      expect(await smallest('arms=2&over=programme')).toBeCloseTo(0.064, 3);
      expect(await smallest('percent=0.5&over=programme')).toBeNull();
      const { body } = await owner.get('/api/v1/experiment-power?people=5000&basePercent=10').expect(422);
      expect(body).toMatchObject({ code: 'request.invalid', field: 'percent' });
    });

    it('draws who gets nothing, says so once, and answers them nevertheless', async () => {
      const { versionId } = await aCampaign(tested({ holdOut: { percent: 20 } }));
      const { id: listId, emails } = await everybody();
      expect((await owner.get(`/api/v1/offers/${versionId}`).expect(200)).body).toMatchObject({
        holdOutPercent: 20,
        test: { of: 'email', arms: 2 },
      });
      const audience = `/api/v1/offers/${versionId}/audience?listId=${listId}`;
      const { body: counted } = await owner.get(audience).expect(200);
      const { body: all } = await owner.get(`${audience}&withoutHoldOut=true`).expect(200);
      expect(all).toMatchObject({ willGet: PEOPLE, skipped: [] });
      const held = PEOPLE - (counted.willGet as number);
      expect(held).toBeGreaterThan(0);
      expect(counted.skipped).toEqual([
        { reason: 'held-out', sentence: expect.stringMatching(/^Hold-out/), count: held },
      ]);

      const { body: launched } = await stage.launch(owner, { versionId, listId }).expect(201);
      const path = `/api/v1/activations/${launched.id}`;
      const reasons = new Map<string, string[]>();
      const readReasons = async (): Promise<void> => {
        for (const email of emails) reasons.set(email, await reasonsOf(email));
      };
      await until(async () => {
        await readReasons();
        return [...reasons.values()].flat().length === held;
      }, 'the enrolment');
      const heldOut = emails.filter((email) => reasons.get(email)?.length === 1);
      expect(heldOut.map((email) => reasons.get(email))).toEqual(heldOut.map(() => ['list held-out']));
      const written = emails.filter((email) => !heldOut.includes(email));
      for (const email of written) await stage.mailTo(email);
      await stage.booked();
      for (const email of heldOut) {
        expect(stage.mails.to(email)).toEqual([]);
        expect(await enrolmentsOf(email)).toEqual([]);
      }
      const detail = (await owner.get(path).expect(200)).body;
      expect(detail.reasons).toMatchObject([{ reason: 'held-out', count: held }]);

      // Who asks for something is answered, and is a lead of the hold-out.
      await post(new URL(detail.pageUrl).pathname, heldOut[0]!).expect(200);
      await stage.mailTo(heldOut[0]!);
      const { body } = await owner.get(`${path}/experiments`).expect(200);
      expect(body.holdOut).toMatchObject({
        percent: 20,
        written: { people: written.length, leads: 0 },
        heldOut: { people: held, leads: 1 },
        verdict: 'open',
      });
      expect(body.holdOut.difference.estimate).toBeCloseTo(-1 / held, 6);
      // Each got one of the two e-mails, and its seal was verified before it was sent.
      const arms = (body.test.arms as { arm: string; people: number }[]).map(({ arm, people }) => [arm, people]);
      const sent = await stage.api.asOwner<{ emailKey: string; n: number; receipts: number }>(
        `SELECT m.email_key AS "emailKey", count(*)::int AS n, count(r.subject_id)::int AS receipts
         FROM delivery.message m LEFT JOIN seal.receipt r ON r.subject_kind = 'message' AND r.subject_id = m.id
         WHERE m.activation_id = $1 AND m.step_key = 'welcome' GROUP BY 1 ORDER BY 1 DESC`,
        [launched.id],
      );
      expect(sent.map(({ emailKey, n }) => [emailKey, n])).toEqual(arms);
      expect(sent.map(({ receipts }) => receipts)).toEqual(sent.map(({ n }) => n));
      expect(arms.map(([email]) => email)).toEqual(['welcome', 'proof']);
      expect(arms.reduce((sum, [, people]) => sum + (people as number), 0)).toBe(written.length);
      expect(Math.min(...arms.map(([, people]) => people as number))).toBeGreaterThan(0);

      // A launch that refuses the hold-out writes to all who got nothing; the others got it before.
      const { body: again } = await stage
        .launch(owner, { versionId, listId, choices: { withoutHoldOut: true } })
        .expect(201);
      for (const email of heldOut.slice(1)) await stage.mailTo(email);
      const later = await owner.get(`/api/v1/activations/${again.id}/experiments`).expect(200);
      expect(later.body.holdOut).toMatchObject({ percent: 0, heldOut: { people: 0 } });
    });

    it('gives the e-mail that the vendor applies to who enters from then on', async () => {
      const { campaignId, versionId } = await aCampaign(tested({}));
      const path = `/api/v1/campaigns/${campaignId}/versions/1/test-winner`;
      const { editor } = stage.vendor;
      const { body: refused } = await editor.put(path, { arm: 'last-call' }).expect(422);
      expect(refused).toMatchObject({ code: 'test.arm-unknown' });
      await editor.put(path, { arm: 'proof' }).expect(200);
      const { id: listId, emails } = await stage.aList(
        owner,
        Array.from({ length: 12 }, () => ({})),
      );
      const { body: launched } = await stage.launch(owner, { versionId, listId }).expect(201);
      for (const email of emails) await stage.mailTo(email);
      await stage.booked();
      const sent = await stage.api.asOwner(
        'SELECT DISTINCT email_key, variant FROM delivery.message WHERE activation_id = $1',
        [launched.id],
      );
      expect(sent).toEqual([{ email_key: 'proof', variant: 'en' }]);
      const { body: own } = await owner.get(`/api/v1/activations/${launched.id}/experiments`).expect(200);
      expect(own.test).toMatchObject({ winner: 'proof', arms: [{ people: 0 }, { people: 0 }] });
      const { body: ofVendor } = await editor.get(`/api/v1/campaigns/${campaignId}/experiments`).expect(200);
      expect(ofVendor).toMatchObject({
        version: 1,
        holdOut: null,
        test: {
          winner: { arm: 'proof' },
          arms: [
            { arm: 'welcome', sent: null },
            { arm: 'proof', sent: null },
          ],
        },
      });
      await editor.put(path, { arm: null }).expect(200);
      const { body: entries } = await stage.vendor.approver.get('/api/v1/audit-entries?limit=5').expect(200);
      expect(entries.items.map(({ action }: { action: string }) => action)).toEqual(
        expect.arrayContaining(['campaign-version.test-decided', 'campaign-version.test-resumed']),
      );
    });

    it('counts a click on a page of the campaign as the results do', async () => {
      const { versionId } = await aCampaign(tested({}));
      const { id: listId, emails } = await stage.aList(owner, [{}, {}]);
      const { body: launched } = await stage.launch(owner, { versionId, listId }).expect(201);
      for (const email of emails) await stage.mailTo(email);
      await stage.booked();
      const path = `/api/v1/activations/${launched.id}`;
      // Whichever link is the first one, it leads to a page of ours, which a browser opens.
      await stage.api.asOwner('UPDATE engagement.link_target SET is_ours = true WHERE activation_id = $1', [
        launched.id,
      ]);
      stage.api.clock.advance(60_000);
      const [link = ''] = /\/l\/[\w-]+/.exec(stage.mails.to(emails[0]!)[0]!.html as string) ?? [];
      await stage.api.http.get(link).set('User-Agent', BROWSER).expect(302);
      await stage.api.app.get(Clicks).flushed();
      await stage.api.asOwner(
        `INSERT INTO engagement.click_opened (interaction_id, at) SELECT id, at FROM engagement.interaction
         WHERE activation_id = $1 AND kind = 'click' ON CONFLICT DO NOTHING`,
        [launched.id],
      );
      const { body: results } = await owner.get(`/api/v1/insight${path.replace('/api/v1', '')}`).expect(200);
      expect(results).toMatchObject({ clicked: 1, numbers: { clicks: 1 } });
      const { body } = await owner.get(`${path}/experiments`).expect(200);
      const clicked = (body.test.arms as { clicked: number }[]).map((arm) => arm.clicked);
      expect(clicked.sort()).toEqual([0, 1]);
    });

    it('is in the file of each person, with what was drawn', async () => {
      const { versionId } = await aCampaign(tested({}));
      const { id: listId, emails } = await stage.aList(owner, [{}]);
      const { body: launched } = await stage.launch(owner, { versionId, listId }).expect(201);
      await stage.mailTo(emails[0]!);
      await stage.booked();
      const { body } = await owner.get(`/api/v1/contacts/${await contactIdOf(emails[0]!)}/data-export`).expect(200);
      const [test] = body.tests as { testArm: string }[];
      expect(test).toMatchObject({ activationId: launched.id, version: 1 });
      expect(['welcome', 'proof']).toContain(test?.testArm);
      expect(body.messages).toMatchObject([{ step: 'welcome', testArm: test?.testArm }]);
    });

    it('holds the same people out at another partner', async () => {
      const { versionId } = await aCampaign(tested({ holdOut: { percent: 20 } }));
      const other = await stage.aCompletePartner();
      const { id: listId, emails } = await everybody();
      const same = await stage.aList(
        other.owner,
        emails.map((email) => ({ email })),
      );
      const startAt = stage.inDays(30);
      await stage.launch(owner, { versionId, listId, startAt }).expect(201);
      await stage.launch(other.owner, { versionId, listId: same.id, startAt }).expect(201);
      const decided = `SELECT 1 FROM activations.activation WHERE version_id = $1 AND enrolled_at IS NOT NULL`;
      await until(async () => (await stage.api.asOwner(decided, [versionId])).length === 2, 'both enrolments');
      const reasons = await Promise.all(emails.map(reasonsOf));
      expect(reasons.filter(({ length }) => length > 0).length).toBeGreaterThan(0);
      for (const both of reasons) expect([[], ['list held-out', 'list held-out']]).toContainEqual(both);
    });
  });

  it('an event enters a contact, whose enrolments go on side by side', async () => {
    const { id, path, pagePath, email } = await launched(waysIn('trial-started'));
    await stage.mailTo(email);
    const contactId = await contactIdOf(email);
    const tell = (externalId: string) =>
      owner.post(`/api/v1/contacts/${contactId}/events`, { name: 'trial-started', externalId }).expect(200);
    await tell('one');
    await tell('one');
    await stage.mailTo(email, 2);
    await stage.booked();
    expect(await enrolmentsOf(email)).toEqual(['list 1', 'trial 1']);
    const { body: people } = await owner.get(`${path}/people`).expect(200);
    expect(people.items).toMatchObject([{ email, got: 2 }]);
    expect((await owner.get(path).expect(200)).body.contacts).toBe(1);
    // The form ends what the list began, and begins its own.
    await post(pagePath, email).expect(200);
    await stage.mailTo(email, 3);
    await until(
      async () =>
        (
          await stage.api.asOwner(
            `SELECT 1 FROM sequences.enrolment WHERE activation_id = $1 AND entry_key = 'list' AND end_reason = 'became-lead'`,
            [id],
          )
        ).length === 1,
      'the end of the sequence of the list',
    );
    expect(await enrolmentsOf(email)).toEqual(['list 1', 'trial 1', 'answer 1']);
  });

  /** A campaign that writes to nobody because of a list at launch. */
  const OPEN = {
    window: WINDOW,
    entries: [
      { key: 'joins', joined: true, start: 'welcome' },
      { key: 'buys', field: 'stage', is: ['Buying', 'buying soon'], start: 'proof' },
      { key: 'accepted', lead: ['accepted'], start: 'thanks' },
      { key: 'again', event: 'came-back', start: 'last', reentry: { afterDays: 2 } },
    ],
    steps: [
      { key: 'welcome', email: 'welcome', next: 'end' },
      { key: 'proof', email: 'proof', next: 'end' },
      { key: 'thanks', email: 'workshop' },
      { key: 'pause', wait: { days: 30 } },
      { key: 'later', email: 'last-call', next: 'end' },
      { key: 'last', notify: 'welcome.subject' },
    ],
  };

  it('a joined list, a field and a lead enter people, and a list at launch does not if no rule says so', async () => {
    const version = await aCampaign(OPEN);
    const listed = await stage.aList(owner);
    const target = { listId: listed.id, startAt: stage.api.clock.now().toISOString() };
    const { body: forecast } = await owner.post(`/api/v1/offers/${version.versionId}/dry-run`, target).expect(200);
    const { steps } = forecast as { steps: { skipped: { reason: string; count: number }[] }[] };
    expect(steps.flatMap(({ skipped }) => skipped)).toMatchObject([{ reason: 'enters-later', count: 1 }]);
    const { body } = await stage.launch(owner, { versionId: version.versionId, listId: listed.id }).expect(201);
    const { id, pageUrl } = body as { id: string; pageUrl: string };
    await until(
      async () =>
        (
          await stage.api.asOwner('SELECT 1 FROM activations.activation WHERE id = $1 AND enrolled_at IS NOT NULL', [
            id,
          ])
        ).length === 1,
      'the end of the launch',
    );
    const [known] = listed.emails;
    expect(await enrolmentsOf(known!)).toEqual([]);
    // By a field, not by a value that is not named.
    const contactId = await contactIdOf(known!);
    await owner.patch(`/api/v1/contacts/${contactId}`, { stage: 'looking' }).expect(200);
    await owner.patch(`/api/v1/contacts/${contactId}`, { stage: ' BUYING ' }).expect(200);
    await stage.mailTo(known!);
    await owner.patch(`/api/v1/contacts/${contactId}`, { stage: 'buying soon' }).expect(200);
    // By the list, with consent only.
    const [joining, silent] = [prospect(), prospect()];
    const add = (email: string, more: object) =>
      owner.post('/api/v1/contacts', { email, listIds: [listed.id], ...more }).expect(201);
    await add(joining, { consent: { basis: 'customer' } });
    await add(silent, {});
    await stage.mailTo(joining);
    await until(async () => (await reasonsOf(silent)).length > 0, 'the reason');
    expect(await reasonsOf(silent)).toEqual(['joins consent-unknown']);
    // By a lead that a user accepts; one that works on it ends the follow-up.
    const asking = prospect();
    await post(new URL(pageUrl).pathname, asking).expect(200);
    const { items } = (await owner.get('/api/v1/leads').expect(200)).body as {
      items: { id: string; activationId: string }[];
    };
    const lead = items.find(({ activationId }) => activationId === id)!;
    await owner.patch(`/api/v1/leads/${lead.id}`, { status: 'accepted' }).expect(200);
    await stage.mailTo(asking);
    await stage.booked();
    await owner.patch(`/api/v1/leads/${lead.id}`, { status: 'working' }).expect(200);
    const endOf = async (email: string) =>
      (
        await stage.api.asOwner<{ why: string | null }>(
          'SELECT e.end_reason AS why FROM sequences.enrolment e JOIN contacts.contact c ON c.id = e.contact_id WHERE c.email = $1',
          [email],
        )
      ).map(({ why }) => why);
    await until(async () => (await endOf(asking)).includes('lead-taken-up'), 'the end of the follow-up');
    expect([
      await enrolmentsOf(known!),
      await enrolmentsOf(joining),
      await enrolmentsOf(silent),
      await enrolmentsOf(asking),
    ]).toEqual([['buys 1'], ['joins 1'], [], ['accepted 1']]);
    expect((await owner.get(`/api/v1/activations/${id}`).expect(200)).body.status).toBe('active');
    // Again by the same event only after its days.
    const told = async (): Promise<void> => {
      await owner.post(`/api/v1/contacts/${await contactIdOf(joining)}/events`, { name: 'came-back' }).expect(200);
      await requestsTaken();
    };
    await told();
    await told();
    expect(await reasonsOf(joining)).toEqual(['again entered-before']);
    stage.api.clock.advance(3 * DAY_MS);
    await told();
    expect(await enrolmentsOf(joining)).toEqual(['joins 1', 'again 1', 'again 2']);
    expect(await reasonsOf(joining)).toEqual([]);
  });

  it('a contact that has just come to match a segment that was left out stays out', async () => {
    // Other campaigns of the suite wait for other values.
    const { versionId } = await aCampaign({
      window: WINDOW,
      entries: [{ key: 'buys', field: 'stage', is: ['renewing'], start: 'proof' }],
      steps: [{ key: 'proof', email: 'proof' }],
    });
    const rule = { match: 'all', conditions: [{ on: 'field', field: 'industry', is: ['competitor'] }] };
    const { body: segment } = await owner.post('/api/v1/contact-lists', { name: 'Competitors', rule }).expect(201);
    const { id: listId, emails } = await stage.aList(owner, [{}, {}]);
    const [competitor, other] = emails as [string, string];
    const ids = await Promise.all([competitor, other].map(contactIdOf));
    await stage
      .launch(owner, { versionId, lists: { include: [listId], exclude: [(segment as { id: string }).id] } })
      .expect(201);
    await owner.patch(`/api/v1/contacts/${ids[0]}`, { industry: 'Competitor', stage: 'renewing' }).expect(200);
    await owner.patch(`/api/v1/contacts/${ids[1]}`, { industry: 'Customer', stage: 'renewing' }).expect(200);
    await stage.mailTo(other);
    expect([await enrolmentsOf(competitor), await reasonsOf(competitor)]).toEqual([[], ['buys on-exclusion-list']]);
    expect(stage.mails.to(competitor)).toEqual([]);
  });

  it('a date of a contact enters it on its day, once for each date', async () => {
    const { email } = await launched({
      window: WINDOW,
      entries: [{ key: 'renewal', date: 'renewsOn', daysBefore: 30, start: 'proof', reentry: { afterDays: 2 } }],
      steps: [{ key: 'proof', email: 'proof' }],
    });
    const contactId = await contactIdOf(email);
    const renewsOn = async (date: string): Promise<void> => {
      await owner.patch(`/api/v1/contacts/${contactId}`, { renewsOn: date }).expect(200);
      await requestsTaken();
    };
    // Its day is over, or still to come.
    await renewsOn(stage.day(29));
    await renewsOn(stage.day(31).split('-').reverse().join('.'));
    expect((await owner.get(`/api/v1/contacts/${contactId}`).expect(200)).body.renewsOn).toBe(stage.day(31));
    expect([await enrolmentsOf(email), await reasonsOf(email)]).toEqual([[], []]);
    stage.api.clock.advance(DAY_MS);
    await stage.mailTo(email);
    await stage.booked();
    // The same date again, and looked at again within the day.
    const same = stage.day(30);
    await renewsOn('');
    await renewsOn(same);
    stage.api.clock.advance(HOUR_MS + 1);
    await requestsTaken();
    expect([await enrolmentsOf(email), await reasonsOf(email)]).toEqual([['renewal 1'], []]);
    // Another date follows the rule for entering again; a date of today enters at once.
    stage.api.clock.advance(DAY_MS);
    await renewsOn(stage.day(30));
    await until(async () => (await reasonsOf(email)).length > 0, 'the reason');
    expect(await reasonsOf(email)).toEqual(['renewal entered-before']);
    stage.api.clock.advance(DAY_MS);
    await renewsOn(stage.day(30));
    await stage.mailTo(email, 2);
    expect([await enrolmentsOf(email), await reasonsOf(email)]).toEqual([['renewal 1', 'renewal 2'], []]);
  });

  it('nothing but answers is sent before the start, and a date enters its contact with it', async () => {
    const event = `early-${campaigns}`;
    const { versionId } = await aCampaign({
      window: WINDOW,
      entries: [
        { key: 'warranty', date: 'warrantyEndsOn', daysBefore: 30, start: 'proof' },
        { key: 'told', event, start: 'last' },
      ],
      steps: [
        { key: 'proof', email: 'proof', next: 'end' },
        { key: 'last', email: 'last-call' },
      ],
    });
    const { entersBy } = (await owner.get(`/api/v1/offers/${versionId}`).expect(200)).body as { entersBy: string[] };
    expect(entersBy).toEqual(['date', 'event']);
    const [dated, told] = (await stage.aList(owner, [{}, {}])).emails as [string, string];
    const startAt = new Date(stage.api.clock.now().getTime() + 2 * HOUR_MS).toISOString();
    const { body } = await stage.launch(owner, { versionId, lists: { include: [] }, startAt }).expect(201);
    const warranty = { warrantyEndsOn: stage.day(30) };
    await owner.patch(`/api/v1/contacts/${await contactIdOf(dated)}`, warranty).expect(200);
    await owner.post(`/api/v1/contacts/${await contactIdOf(told)}/events`, { name: event }).expect(200);
    await requestsTaken();
    const early = await stage.api.asOwner<{ entryKey: string; dueAt: Date }>(
      `SELECT entry_key AS "entryKey", due_at AS "dueAt" FROM sequences.enrolment WHERE activation_id = $1`,
      [(body as { id: string }).id],
    );
    expect(early).toEqual([{ entryKey: 'told', dueAt: new Date(startAt) }]);
    stage.api.clock.advance(2 * HOUR_MS);
    await Promise.all([stage.mailTo(dated), stage.mailTo(told)]);
    expect([await enrolmentsOf(dated), await enrolmentsOf(told)]).toEqual([['warranty 1'], ['told 1']]);
  });

  it('a person whose opt-in has to be confirmed enters when it is, and who unsubscribed never', async () => {
    const { pagePath } = await launched();
    await owner.put('/api/v1/consent-rule', { doubleOptIn: true }).expect(200);
    const email = prospect();
    await post(pagePath, email).expect(200);
    await until(async () => (await reasonsOf(email)).length > 0, 'the reason');
    expect(await reasonsOf(email)).toEqual(['answer opt-in-pending']);
    expect(await enrolmentsOf(email)).toEqual([]);
    const [request] = await stage.mailTo(email);
    const { pathname } = new URL(/https?:\S+\/confirm\/\S+/.exec(request!.text!)![0]);
    await stage.api.http.post(pathname).expect(200);
    const [, followUp] = await stage.mailTo(email, 2);
    expect([await enrolmentsOf(email), await reasonsOf(email)]).toEqual([['answer 1'], []]);
    await owner.put('/api/v1/consent-rule', { doubleOptIn: false }).expect(200);
    const [door] = /\/u\/[\w-]+/.exec(followUp!.html as string)!;
    await stage.api.http.post(door).type('form').send({ 'List-Unsubscribe': 'One-Click' }).expect(200);
    const other = await launched();
    await post(other.pagePath, email).expect(200);
    await until(async () => (await reasonsOf(email)).length > 0, 'the reason');
    expect(await reasonsOf(email)).toEqual(['answer unsubscribed']);
  });

  it('a request by a rule that the campaign does not have gets its reason', async () => {
    const { id, email } = await launched();
    await stage.mailTo(email);
    const contactId = await contactIdOf(email);
    await stage.api.asOwner(
      `INSERT INTO sequences.entry_request (activation_id, partner_id, contact_id, entry_key, at)
       SELECT $1, $2, $3, 'not-there', now() FROM generate_series(1, 2)`,
      [id, stage.partner.id, contactId],
    );
    await until(async () => (await reasonsOf(email)).length > 0, 'the reason');
    await requestsTaken();
    expect(await reasonsOf(email)).toEqual(['not-there entry-rule-gone']);
  });

  const confirmationOf = async (email: string, mails = 1): Promise<string> =>
    new URL(/https?:\S+\/confirm\/\S+/.exec((await stage.mailTo(email, mails)).at(-1)!.text!)![0]).pathname;
  const waitingOf = (email: string): Promise<{ key: string; days: number }[]> =>
    stage.api.asOwner(
      `SELECT q.entry_key AS key, round(extract(epoch FROM q.waits_until - clock_timestamp()) / 86400)::int AS days
       FROM sequences.entry_request q JOIN contacts.contact c ON c.id = q.contact_id WHERE c.email = $1 AND q.waits_until IS NOT NULL`,
      [email],
    );

  it('an entry that needs a confirmed consent makes the form ask for it, also who may be written to anyhow', async () => {
    const sequence = waysIn(`confirmed-${campaigns}`);
    const { pagePath } = await launched({
      ...sequence,
      entries: sequence.entries.map((entry) => (entry.key === 'answer' ? { ...entry, consent: 'confirmed' } : entry)),
    });
    const [unknown, customer] = [prospect(), prospect()];
    await owner.post('/api/v1/contacts', { email: customer, consent: { basis: 'customer' } }).expect(201);
    for (const email of [unknown, customer]) {
      expect((await post(pagePath, email).expect(200)).text).toContain('please confirm your address');
      await until(async () => (await reasonsOf(email)).length > 0, 'the reason');
      expect([await enrolmentsOf(email), await reasonsOf(email)]).toEqual([[], ['answer opt-in-pending']]);
      await stage.api.http.post(await confirmationOf(email)).expect(200);
      await stage.mailTo(email, 2);
      expect([await enrolmentsOf(email), await reasonsOf(email)]).toEqual([['answer 1'], []]);
    }
    // It is asked once in its life.
    await post(pagePath, customer, 'One more question.').expect(200);
    await requestsTaken();
    expect(stage.mails.to(customer)).toHaveLength(2);
  });

  it('a form that is sent again waits for the confirmation of its own mail', async () => {
    const { pagePath } = await launched();
    await owner.put('/api/v1/consent-rule', { doubleOptIn: true }).expect(200);
    const email = prospect();
    await post(pagePath, email).expect(200);
    await until(async () => (await waitingOf(email)).length > 0, 'the wait');
    expect(await waitingOf(email)).toEqual([{ key: 'answer', days: 8 }]);
    // Six of the eight days have passed.
    await stage.api.asOwner(
      `UPDATE sequences.entry_request SET waits_until = waits_until - interval '6 days', not_before = not_before - interval '6 days'`,
    );
    stage.api.clock.advance(6 * DAY_MS);
    await post(pagePath, email, 'Did you get my message?').expect(200);
    const link = await confirmationOf(email, 2);
    await until(async () => (await waitingOf(email))[0]?.days === 8, 'the longer wait');
    expect(await waitingOf(email)).toEqual([{ key: 'answer', days: 8 }]);
    await stage.api.http.post(link).expect(200);
    await until(async () => (await enrolmentsOf(email)).length > 0, 'the entry');
    await requestsTaken();
    expect([await enrolmentsOf(email), await reasonsOf(email), await waitingOf(email)]).toEqual([['answer 1'], [], []]);
    await owner.put('/api/v1/consent-rule', { doubleOptIn: false }).expect(200);
  });

  it('a confirmation that is being stored while its person begins to wait is not missed', async () => {
    const [{ pagePath }, other] = [await launched(), await launched()];
    await owner.put('/api/v1/consent-rule', { doubleOptIn: true }).expect(200);
    const [email, next] = [prospect(), prospect()];
    for (const address of [email, next]) {
      await post(pagePath, address).expect(200);
      await until(async () => (await waitingOf(address)).length > 0, 'the wait');
    }
    const ids = [await contactIdOf(email), await contactIdOf(next)];
    const confirming = new pg.Client({ connectionString: stage.api.ownerUrl });
    await confirming.connect();
    try {
      await confirming.query('BEGIN');
      await confirming.query(
        `INSERT INTO contacts.consent_record (id, partner_id, contact_id, basis, source, recorded_at) VALUES ($1, $2, $3, 'opt-in', 'test', $4)`,
        [newId(), stage.partner.id, ids[0], stage.api.clock.now()],
      );
      // Before the commit, both ask to enter another campaign. Requests are taken in order.
      for (const id of ids)
        await stage.api.asOwner(
          `INSERT INTO sequences.entry_request (activation_id, partner_id, contact_id, entry_key, at) VALUES ($1, $2, $3, 'answer', now())`,
          [other.id, stage.partner.id, id],
        );
      await until(async () => (await waitingOf(next)).length === 2, 'the decisions');
      await confirming.query('COMMIT');
    } finally {
      await confirming.end();
    }
    await until(async () => (await enrolmentsOf(email)).length === 2, 'both entries');
    expect(await enrolmentsOf(email)).toEqual(['answer 1', 'answer 1']);
    await owner.put('/api/v1/consent-rule', { doubleOptIn: false }).expect(200);
  });

  it('enters each person once by each rule, in any order of what happens, and if processes die at any statement', async () => {
    const rules = ['form', 'event', 'joined'] as const;
    const sequence = {
      window: WINDOW,
      entries: [
        { key: 'form', form: 'any', start: 'one' },
        { key: 'event', event: 'any-order', start: 'two' },
        { key: 'joined', joined: true, start: 'two' },
      ],
      steps: [
        { key: 'one', wait: { days: 9 } },
        { key: 'mail', email: 'proof', next: 'end' },
        { key: 'two', wait: { days: 8 }, next: 'mail' },
      ],
    };
    const { id, listId } = await launched(sequence);
    const entries = stage.api.app.get(Entries, { strict: false });
    const { partner, vendor } = stage;
    const dying = dieAtStatement(stage.api.app.get(Database, { strict: false }));
    const HAPPEN: Record<(typeof rules)[number], (contactId: string) => Promise<unknown>> = {
      form: (contactId) =>
        stage.api.asOwner(
          `INSERT INTO engagement.interaction (id, partner_id, vendor_id, activation_id, contact_id, kind, at) VALUES (gen_random_uuid(), $1, $2, $3, $4, 'form', $5)`,
          [partner.id, vendor.vendorId, id, contactId, stage.api.clock.now()],
        ),
      event: (contactId) =>
        stage.api.asOwner(
          `INSERT INTO sequences.event (id, partner_id, contact_id, kind, name, at) VALUES (gen_random_uuid(), $1, $2, 'event', 'any-order', $3)`,
          [partner.id, contactId, stage.api.clock.now()],
        ),
      joined: (contactId) =>
        stage.api.asOwner(
          'INSERT INTO contacts.contact_list_member (list_id, contact_id, partner_id, added_at) VALUES ($1, $2, $3, now()) ON CONFLICT DO NOTHING',
          [listId, contactId, partner.id],
        ),
    };
    const contacts = fc.nat(2);
    const happening = fc.record({
      rule: fc.constantFrom(...rules),
      who: contacts,
      diesAt: fc.nat(24),
      takes: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 12 }), async (happenings) => {
        const { emails } = await stage.aList(owner, [{}, {}, {}]);
        const ids = await Promise.all(emails.map(contactIdOf));
        for (const { rule, who, diesAt, takes } of happenings) {
          await HAPPEN[rule](ids[who]!);
          // Beside the scheduler, which takes requests all the time.
          if (takes) await dying(diesAt, () => entries.take(partner.id, 5));
        }
        await requestsTaken();
        const expected = [...new Set(happenings.map(({ rule, who }) => `${rule} ${who}`))];
        const found = await stage.api.asOwner<{ key: string; who: string; number: number; repeated: boolean }>(
          `SELECT entry_key AS key, contact_id AS who, entry_number AS number, is_repeated AS repeated FROM sequences.enrolment WHERE activation_id = $1 AND contact_id = ANY ($2)`,
          [id, ids],
        );
        expect(found.map(({ key, who }) => `${key} ${ids.indexOf(who)}`).sort()).toEqual(expected.sort());
        expect(found.every(({ number }) => number === 1)).toBe(true);
        // One row of each person is its first.
        expect(found.filter(({ repeated }) => !repeated)).toHaveLength(new Set(found.map(({ who }) => who)).size);
      }),
      { numRuns: 12 },
    );
  });

  // The last one: its clock ends the sessions of users.
  it('people enter a launch without a list, however long ago it began', async () => {
    const { versionId } = await aCampaign(waysIn(`open-${campaigns}`));
    const { body } = await stage.launch(owner, { versionId, lists: { include: [] } }).expect(201);
    stage.api.clock.advance(400 * DAY_MS);
    const email = prospect();
    await post(new URL((body as { pageUrl: string }).pageUrl).pathname, email).expect(200);
    await until(async () => (await enrolmentsOf(email)).length > 0, 'the entry');
    expect([await enrolmentsOf(email), await reasonsOf(email)]).toEqual([['answer 1'], []]);
  });
});

/** @returns runs work whose process dies at its n-th statement; its transaction is rolled back. */
function dieAtStatement(database: Database): (at: number, work: () => Promise<unknown>) => Promise<void> {
  const left = new AsyncLocalStorage<{ statements: number }>();
  const query = database.query.bind(database);
  const failing: typeof query = (...given) => {
    const mine = left.getStore();
    if (mine !== undefined && mine.statements-- === 0) throw new Error('The process died.');
    return query(...given);
  };
  Object.assign(database, { query: failing });
  return async (at, work) => {
    await left.run({ statements: at }, work).catch((error: unknown) => {
      if (!String(error).includes('died')) throw error;
    });
  };
}
