import type { DatesView } from '#contracts';
import { Clicks } from '#engagement';
import { DAY_MS, MINUTE_MS } from '#kernel';
import { publish, type UploadedVersion, wholeCampaign } from '../support/campaigns.js';
import { AS_BROWSERS_DO } from '../support/scanner-traffic.js';
import { openForSuite, owner, stage } from '../support/suite-product.js';
import { until } from '../support/until.js';

const PERSON = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15';
const window = { from: '08:00', to: '18:00', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] };

/**
 * Every step of a campaign that listens: what a click opens, and what a
 * time-out does.
 */
const LISTENING = {
  window,
  partnerMay: ['skip'],
  goals: [{ key: 'meeting', form: 'any' }],
  steps: [
    { key: 'welcome', email: 'welcome', partnerMay: [] },
    { key: 'watch', until: [{ click: 'any', then: 'proof' }], within: { days: 3 }, else: 'workshop' },
    { key: 'proof', email: 'proof' },
    { key: 'made-lead', createLead: true },
    { key: 'told', notify: 'welcome.subject' },
    { key: 'hook', webhook: 'hot-prospect' },
    { key: 'announced', post: 'announce', next: 'end' },
    { key: 'workshop', email: 'workshop', partnerMay: ['shift'] },
    { key: 'last-wait', until: [{ event: 'trial-started', then: 'last-call' }], within: { days: 5 }, else: 'end' },
    { key: 'last-call', email: 'last-call' },
  ],
};

interface Step {
  readonly stepKey: string;
  readonly outcome: string;
  readonly reason: string;
}

describe('a sequence that listens', () => {
  let campaigns = 0;

  const published = new Map<string, Promise<UploadedVersion>>();
  /**
   * A campaign of this sequence. It is published once: each test launches to
   * people of its own.
   */
  const aCampaign = (sequence: object = LISTENING): Promise<UploadedVersion> => {
    const key = JSON.stringify(sequence);
    const version = published.get(key) ?? publishOne(sequence, key.includes('"post":'));
    published.set(key, version);
    return version;
  };
  const publishOne = async (sequence: object, posts: boolean): Promise<UploadedVersion> =>
    publish(stage.vendor, await wholeCampaign(`listening-${campaigns++}`, undefined, { posts, sequence }), {
      partnerGroupIds: [stage.vendor.groupId],
      opensOn: stage.day(0),
      closesOn: stage.day(300),
    });
  const launched = async (sequence?: object, changes: object = {}) =>
    stage.running(owner, { versionId: (await aCampaign(sequence)).versionId, ...changes });

  openForSuite();

  const steps = async (path: string): Promise<string[]> => {
    const { body } = await owner.get(`${path}/messages`).expect(200);
    return (body.items as Step[]).map(({ stepKey, outcome, reason }) => `${stepKey} ${outcome} ${reason}`).sort();
  };
  const recorded = (path: string, step: string): Promise<void> =>
    until(async () => (await steps(path)).includes(step), `the record ${step}`);
  const waitsAt = (path: string, step: string): Promise<void> =>
    until(
      async () =>
        (
          await stage.api.asOwner<{ n: number }>(
            `SELECT count(*)::int AS n FROM sequences.enrolment WHERE activation_id = $1 AND step_key = $2 AND state = 'waiting'`,
            [path.split('/').at(-1), step],
          )
        )[0]?.n === 1,
      `a contact at ${step}`,
    );
  const turnsLeft = async (): Promise<number> =>
    (await stage.api.asOwner<{ n: number }>('SELECT count(*)::int AS n FROM sequences.inbox'))[0]?.n ?? NaN;
  const linksIn = (html: string): string[] => {
    const decoy = /(\/l\/[\w-]+)" tabindex="-1"/.exec(html)?.[1];
    return [...new Set([...html.matchAll(/\/l\/[\w-]+/g)].map(([link]) => link))].filter((link) => link !== decoy);
  };
  /** Follows a link and goes on to where it leads, as browsers do. */
  const click = async (link: string, userAgent = PERSON): Promise<void> => {
    const { headers } = await stage.api.http
      .get(link)
      .set({ ...AS_BROWSERS_DO, 'User-Agent': userAgent })
      .redirects(0)
      .expect(302);
    const { pathname, search } = new URL(headers['location']!);
    // The legal pages lead on to the partner's own site.
    if (/^\/p\/[^/]+$/.test(pathname)) await stage.api.http.get(`${pathname}${search}`).expect(200);
  };

  it('goes on after a click without time moving on, and does all that comes then once', async () => {
    const { id, email, path } = await launched();
    const [welcome] = await stage.mailTo(email);
    await waitsAt(path, 'watch');
    stage.api.clock.advance(MINUTE_MS);
    await click(linksIn(welcome!.html as string)[0]!);
    await stage.mailTo(email, 2);
    await recorded(path, 'announced sent post-ready');
    expect(await steps(path)).toEqual([
      'announced sent post-ready',
      'hook sent webhook-emitted',
      'made-lead sent lead-made',
      'proof sent sent',
      'told sent people-notified',
      'welcome sent sent',
    ]);
    const { body: leads } = await owner.get('/api/v1/leads').expect(200);
    expect(leads.items).toMatchObject([{ activationId: id, source: 'sequence', status: 'new' }]);
    const posted = await stage.api.asOwner<{ subject: string }>(
      `SELECT subject FROM identity.system_mail WHERE recipient = 'bea@brightwater.example' ORDER BY subject`,
    );
    expect(posted.map(({ subject }) => subject)).toEqual(['A contact needs your attention', 'A post is ready for you']);
    const events = await stage.api.asOwner<{ data: object }>(
      `SELECT data FROM webhooks.event WHERE type = 'sequence.step-reached'`,
    );
    expect(events).toMatchObject([{ data: { activationId: id, stepKey: 'hook', name: 'hot-prospect' } }]);
    await until(async () => (await owner.get(path)).body.status === 'completed', 'the end');
  });

  const pausing = {
    window,
    goals: [{ key: 'interest', click: 'any', ends: false }],
    steps: [
      { key: 'welcome', email: 'welcome' },
      { key: 'watch', until: [{ click: 'any', then: 'pause' }], within: { days: 3 }, else: 'workshop' },
      { key: 'pause', wait: { days: 1 } },
      { key: 'proof', email: 'proof', next: 'end' },
      { key: 'workshop', email: 'workshop' },
    ],
  };

  it('goes back to where it waited when the click turns out to be a program’s, and on again by a person’s', async () => {
    const { email, path } = await launched(pausing);
    const [welcome] = await stage.mailTo(email);
    await waitsAt(path, 'watch');
    const id = path.split('/').at(-1);
    const goals = () => stage.api.asOwner('SELECT goal FROM sequences.goal_reached WHERE activation_id = $1', [id]);
    const before = await stage.api.asOwner('SELECT due_at, since FROM sequences.enrolment WHERE activation_id = $1', [
      id,
    ]);
    stage.api.clock.advance(10 * MINUTE_MS);
    const html = welcome!.html as string;
    await click(linksIn(html)[0]!);
    await waitsAt(path, 'proof');
    expect(await goals()).toEqual([{ goal: 'interest' }]);
    stage.api.clock.advance(MINUTE_MS / 2);
    await click(/(\/l\/[\w-]+)" tabindex="-1"/.exec(html)![1]!);
    await waitsAt(path, 'watch');
    expect(
      await stage.api.asOwner('SELECT due_at, since FROM sequences.enrolment WHERE activation_id = $1', [id]),
    ).toEqual(before);
    expect(await goals()).toEqual([]);
    const [{ contact_id: contactId } = { contact_id: '' }] = await stage.api.asOwner<{ contact_id: string }>(
      'SELECT contact_id FROM sequences.enrolment WHERE activation_id = $1',
      [id],
    );
    const { body: history } = await owner.get(`/api/v1/contacts/${contactId}/history`).expect(200);
    expect(history.items[0]).toMatchObject({
      stepKey: 'watch',
      reason: 'click-reversed',
      sentence: 'The click came from a security scanner. The step was undone.',
    });
    const { body: audit } = await owner.get('/api/v1/audit-entries?limit=5').expect(200);
    expect(audit.items).toContainEqual(expect.objectContaining({ action: 'sequence.click-reversed' }));

    stage.api.clock.advance(6 * 60 * MINUTE_MS);
    stage.toWorkingHours();
    await click(linksIn(html)[0]!);
    await waitsAt(path, 'proof');
    stage.api.clock.advance(DAY_MS);
    expect((await stage.mailTo(email, 2)).at(-1)!.subject).not.toBe(welcome!.subject);
    await recorded(path, 'proof sent sent');
  });

  it('goes back once when several clicks that had moved it together turn out to be a program’s', async () => {
    const { email, path } = await launched(pausing);
    const [welcome] = await stage.mailTo(email);
    await waitsAt(path, 'watch');
    const id = path.split('/').at(-1);
    const html = welcome!.html as string;
    const waiting = () =>
      stage.api.asOwner('SELECT due_at, since FROM sequences.enrolment WHERE activation_id = $1', [id]);
    const moves = () =>
      stage.api.asOwner<{ outcome: string | null }>(
        'SELECT outcome FROM sequences.click_move WHERE activation_id = $1',
        [id],
      );
    const before = await waiting();
    stage.api.clock.advance(10 * MINUTE_MS);
    // A double click that a scheduler finds when it comes back: both are looked
    // at together.
    await Promise.all([click(linksIn(html)[0]!), click(linksIn(html)[0]!)]);
    await stage.api.app.get(Clicks).flushed();
    await stage.api.asOwner(
      `UPDATE sequences.inbox SET not_before = (SELECT max(not_before) FROM sequences.inbox)
       WHERE enrolment_id IN (SELECT id FROM sequences.enrolment WHERE activation_id = $1)`,
      [id],
    );
    await waitsAt(path, 'proof');
    expect(await moves()).toEqual([{ outcome: null }, { outcome: null }]);
    stage.api.clock.advance(MINUTE_MS / 2);
    await click(/(\/l\/[\w-]+)" tabindex="-1"/.exec(html)![1]!);
    await waitsAt(path, 'watch');
    expect(await waiting()).toEqual(before);
    expect(await moves()).toEqual([{ outcome: 'reversed' }, { outcome: 'reversed' }]);

    stage.api.clock.advance(6 * 60 * MINUTE_MS);
    stage.toWorkingHours();
    await click(linksIn(html)[0]!);
    await waitsAt(path, 'proof');
    stage.api.clock.advance(DAY_MS);
    await recorded(path, 'proof sent sent');
    expect(stage.mails.to(email)).toHaveLength(2);
  });

  it('takes the time-out when nobody clicks, and does not hear what a machine does', async () => {
    const { email, path } = await launched();
    const [welcome] = await stage.mailTo(email);
    await waitsAt(path, 'watch');
    stage.api.clock.advance(MINUTE_MS);
    const links = linksIn(welcome!.html as string);
    await click(links[0]!, 'Mozilla/5.0 (compatible; Mimecast scanner)');
    // A burst: the first of it looks like a person's for a moment.
    for (const link of links.slice(0, 3)) await click(link);
    // As if the minute had gone by in which such clicks are looked at.
    await stage.api.asOwner('UPDATE sequences.inbox SET not_before = clock_timestamp()');
    await until(
      async () => (await stage.api.asOwner('SELECT 1 FROM sequences.inbox')).length === 0,
      'every turn to be taken',
    );
    await waitsAt(path, 'watch');
    stage.api.clock.advance(3 * DAY_MS);
    const mails = await stage.mailTo(email, 2);
    expect(mails).toHaveLength(2);
    await recorded(path, 'workshop sent sent');
  });

  it('ends for who has done what it is for, and counts that once', async () => {
    const { id, email, path, pagePath } = await launched();
    await stage.mailTo(email);
    await waitsAt(path, 'watch');
    const form = { email, firstName: 'Ada', company: 'Quay', consent: 'yes' };
    for (let again = 0; again < 2; again++)
      await stage.api.http.post(`${pagePath}/form`).type('form').send(form).expect(200);
    await until(async () => (await owner.get(path)).body.status === 'completed', 'the end');
    const goals = await stage.api.asOwner<{ goal: string }>(
      'SELECT goal FROM sequences.goal_reached WHERE activation_id = $1',
      [id],
    );
    expect(goals).toEqual([{ goal: 'meeting' }]);
    expect((await owner.get(`${path}/dates`).expect(200)).body.goals).toEqual([
      { key: 'meeting', when: { on: 'form', page: null }, ends: true, reached: 1 },
    ]);
    expect(stage.mails.to(email)).toHaveLength(1);
  });

  it('keeps to what the partner left out, and lets it leave out only what is open to it', async () => {
    const { body } = await owner
      .post('/api/v1/activations', {
        versionId: (await aCampaign()).versionId,
        listId: (await stage.aList()).id,
        choices: { skip: ['welcome', 'nothing'], shiftDays: { proof: 2 } },
      })
      .set('Idempotency-Key', 'choices-locked')
      .expect(422);
    expect(body.code).toBe('launch.choices');
    expect(body.problems.map(({ field }: { field: string }) => field).sort()).toEqual([
      'choices.shiftDays.proof',
      'choices.skip.0',
      'choices.skip.1',
    ]);
    const { path, email } = await launched(LISTENING, { choices: { skip: ['proof'], shiftDays: { workshop: 2 } } });
    const [welcome] = await stage.mailTo(email);
    await waitsAt(path, 'watch');
    stage.api.clock.advance(MINUTE_MS);
    await click(linksIn(welcome!.html as string)[0]!);
    await recorded(path, 'proof skipped skipped-by-partner');
    await recorded(path, 'made-lead sent lead-made');
    expect(stage.mails.to(email)).toHaveLength(1);
  });

  it('shows the dates as the partner chooses, before a launch and after, and what is not the partner’s to choose', async () => {
    const { versionId } = await aCampaign();
    const startAt = new Date(stage.inDays(1)).toISOString();
    const calendarWith = async (choices: object) =>
      (await owner.post(`/api/v1/offers/${versionId}/dates`, { startAt, choices }).expect(200)).body as DatesView;
    const planned = await calendarWith({});
    const stepOf = ({ steps }: DatesView, key: string) => steps.find(({ stepKey }) => stepKey === key)!;
    expect(planned.steps.map(({ stepKey, partnerMay }) => `${stepKey} ${partnerMay.join()}`)).toEqual([
      'welcome ',
      'proof skip',
      'made-lead skip',
      'told skip',
      'hook skip',
      'announced skip',
      'workshop shift',
      'last-call skip',
    ]);
    // Only who clicks comes to it.
    expect(stepOf(planned, 'proof')).toMatchObject({ at: null, plannedAt: null, why: null });
    expect(planned.goals).toMatchObject([{ key: 'meeting', reached: null }]);

    const choices = { shiftDays: { workshop: 2 }, skip: [], blackouts: [] };
    const chosen = await calendarWith(choices);
    const { at, plannedAt } = stepOf(chosen, 'workshop');
    expect(plannedAt).toBe(stepOf(planned, 'workshop').at);
    expect(Date.parse(at!) - Date.parse(plannedAt!)).toBe(2 * DAY_MS);
    const dark = { ...choices, blackouts: [{ from: at!.slice(0, 10), to: at!.slice(0, 10) }] };
    const later = stepOf(await calendarWith(dark), 'workshop').at!;
    expect(later.slice(0, 10) > at!.slice(0, 10)).toBe(true);

    const { path } = await stage.running(owner, { versionId, startAt, choices: dark });
    const { body } = await owner.get(`${path}/dates`).expect(200);
    expect(stepOf(body, 'workshop')).toMatchObject({ at: later, plannedAt });
    expect(body.choices).toEqual(dark);

    const { body: refusal } = await owner
      .post(`/api/v1/offers/${versionId}/dates`, { choices: { skip: ['welcome'] } })
      .expect(422);
    expect(refusal).toMatchObject({ code: 'launch.choices', field: 'choices.skip.0' });
  });

  it('moves nobody while it is held, and takes up what came back when it is resumed', async () => {
    const { email, path } = await launched();
    const [welcome] = await stage.mailTo(email);
    await waitsAt(path, 'watch');
    stage.api.clock.advance(MINUTE_MS);
    await owner.post(`${path}/hold`).expect(200);
    await click(linksIn(welcome!.html as string)[0]!);
    await waitsAt(path, 'proof');
    expect(stage.mails.to(email)).toHaveLength(1);
    await owner.post(`${path}/resume`).expect(200);
    await stage.mailTo(email, 2);
  });

  it('hears what the partner’s systems tell, once for each of their ids', async () => {
    const { email, path } = await launched();
    await stage.mailTo(email);
    await waitsAt(path, 'watch');
    stage.api.clock.advance(3 * DAY_MS);
    await stage.mailTo(email, 2);
    await waitsAt(path, 'last-wait');
    const found = await owner.get(`/api/v1/contacts?q=${encodeURIComponent(email)}`).expect(200);
    const events = `/api/v1/contacts/${found.body.items[0].id}/events`;
    const told = { name: 'trial-started', externalId: `order-${email}` };
    expect((await owner.post(events, told).expect(200)).body).toEqual({ isNew: true });
    expect((await owner.post(events, told).expect(200)).body).toEqual({ isNew: false });
    await recorded(path, 'last-call sent sent');
    expect(stage.mails.to(email)).toHaveLength(3);
  });

  it('goes on by what the partner changes: a field, and a list; by a lead that is taken up, to the end', async () => {
    const sequence = {
      window,
      exits: [{ lead: ['lost'] }],
      steps: [
        { key: 'welcome', email: 'welcome' },
        {
          key: 'by-field',
          until: [{ field: 'industry', is: ['Finance'], then: 'proof' }],
          within: { days: 30 },
          else: 'end',
        },
        { key: 'proof', email: 'proof' },
        { key: 'by-list', until: [{ list: 'Trade fair', then: 'made-lead' }], within: { days: 30 }, else: 'end' },
        { key: 'made-lead', createLead: true },
        { key: 'by-lead', until: [{ lead: ['accepted'], then: 'workshop' }], within: { days: 30 }, else: 'end' },
        { key: 'workshop', email: 'workshop' },
        { key: 'rest', until: [{ reply: true, then: 'last-call' }], within: { days: 30 }, else: 'end' },
        { key: 'last-call', email: 'last-call' },
      ],
    };
    const { email, path } = await launched(sequence);
    await stage.mailTo(email);
    await waitsAt(path, 'by-field');
    const found = await owner.get(`/api/v1/contacts?q=${encodeURIComponent(email)}`).expect(200);
    const contact = `/api/v1/contacts/${found.body.items[0].id}`;
    const fairs = await owner.post('/api/v1/contact-lists', { name: 'Trade fair' }).expect(201);
    await owner.patch(contact, { industry: 'Retail' }).expect(200);
    await until(async () => (await turnsLeft()) === 0, 'the field to be heard');
    expect(stage.mails.to(email)).toHaveLength(1);
    stage.api.clock.advance(MINUTE_MS);
    await owner.patch(contact, { industry: 'finance' }).expect(200);
    await stage.mailTo(email, 2);
    await waitsAt(path, 'by-list');
    stage.api.clock.advance(MINUTE_MS);
    await owner.patch(contact, { addToLists: [fairs.body.id] }).expect(200);
    await waitsAt(path, 'by-lead');
    stage.api.clock.advance(MINUTE_MS);
    const leadId = async (): Promise<string | undefined> => {
      const { body } = await owner.get('/api/v1/leads').expect(200);
      return (body.items as { id: string; activationId: string }[]).find((one) => path.endsWith(one.activationId))?.id;
    };
    // The sequence goes on with the action asked for; the lead is made a moment
    // later.
    await until(async () => (await leadId()) !== undefined, 'the lead');
    const lead = await leadId();
    await owner.patch(`/api/v1/leads/${lead}`, { status: 'accepted' }).expect(200);
    await stage.mailTo(email, 3);
    await waitsAt(path, 'rest');
    stage.api.clock.advance(MINUTE_MS);
    await owner.patch(`/api/v1/leads/${lead}`, { status: 'lost' }).expect(200);
    await until(async () => (await owner.get(path)).body.status === 'completed', 'the end');
    expect(stage.mails.to(email)).toHaveLength(3);
  });

  it('enrols again who has been through for as long as the campaign says, and nobody before', async () => {
    const sequence = { window, reentry: { afterDays: 30 }, steps: [{ key: 'welcome', email: 'welcome' }] };
    const { versionId } = await aCampaign(sequence);
    const list = await stage.aList();
    const [email] = list.emails;
    const again = { versionId, listId: list.id };
    const launched = await stage.launch(owner, again).expect(201);
    const { id } = launched.body as { id: string };
    await stage.mailTo(email!);
    // A mail that has come may not be written down yet, and must be before the
    // calendar is moved on.
    const open = (): Promise<unknown[]> =>
      stage.api.asOwner(`SELECT 1 FROM sequences.step_execution WHERE activation_id = $1 AND outcome = 'pending'`, [
        id,
      ]);
    await until(async () => (await open()).length === 0, 'the outcome');
    const { body } = await stage.launch(owner, again).expect(409);
    expect(body.code).toBe('launch.no-recipients');
    stage.api.clock.advance(31 * DAY_MS);
    await stage.launch(owner, again).expect(201);
    await stage.mailTo(email!, 2);
  });

  it('lets nobody send more in a day than the campaign says; the others wait for the next', async () => {
    const sequence = { ...LISTENING, dailyLimit: 2 };
    const { versionId } = await aCampaign(sequence);
    const list = await stage.aList(owner, [{}, {}, {}]);
    await stage.launch(owner, { versionId, listId: list.id }).expect(201);
    const got = (): number => list.emails.filter((email) => stage.mails.to(email).length > 0).length;
    await until(() => got() === 2, 'two mails');
    stage.api.clock.advance(DAY_MS);
    await until(() => got() === 3, 'the third mail');
  });
});
