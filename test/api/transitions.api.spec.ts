import { DAY_MS, MINUTE_MS } from '#kernel';
import { freePort } from '../../apps/standalone/src/embedded-postgres.js';
import { CONTACT_FIELDS } from '../../libs/sequencing/src/step.js';
import type { Browser } from '../support/api.js';
import { publish, wholeCampaign } from '../support/campaigns.js';
import { anAnswer, InboundMail } from '../support/inbound-mail.js';
import { AS_BROWSERS_DO } from '../support/scanner-traffic.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const PERSON = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15';
/** The date last: it comes for all who wait. */
const WAYS = ['click', 'form', 'reply', 'event', 'lead', 'list', 'field', 'segment', 'date'] as const;
type Way = (typeof WAYS)[number];

/**
 * Somebody who waits for anything to happen, and what they can be reached by.
 */
/** Places of the links in the e-mail that is sent. */
const LINKS = { brochure: 0, page: 1 } as const;

interface Waiting {
  readonly id: string;
  readonly path: string;
  readonly pagePath: string;
  readonly email: string;
  readonly contactId: string;
  readonly html: string;
  readonly messageId: string;
}

describe('a step that waits for whatever comes first', () => {
  let stage: TestProduct;
  let owner: Browser;
  let office: InboundMail;
  let versionId: string;
  let fairList: string;

  beforeAll(async () => {
    const port = await freePort();
    stage = await openTestProduct({ INBOUND_SMTP_PORT: String(port) });
    ({ owner } = stage.partner);
    office = new InboundMail(port);
    const when: Record<Way, object> = {
      click: { click: 'page' },
      form: { form: 'any' },
      reply: { reply: true },
      event: { event: 'trial-started' },
      lead: { lead: ['accepted'] },
      list: { list: 'Fair' },
      field: { field: 'stage', is: ['buying'] },
      segment: { field: 'segment', is: ['enterprise'] },
      date: { date: stage.day(20) },
    };
    const sequence = {
      window: { from: '08:00', to: '18:00', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] },
      // An answer ends a sequence, unless it says otherwise.
      exits: [{ event: 'never-told' }],
      steps: [
        { key: 'welcome', email: 'proof' },
        { key: 'made', createLead: true },
        {
          key: 'watch',
          until: WAYS.map((way) => ({ ...when[way], then: `by-${way}` })),
          within: { days: 40 },
          else: 'end',
        },
        ...WAYS.map((way) => ({ key: `by-${way}`, notify: 'welcome.subject', next: 'end' })),
      ],
    };
    const version = await publish(stage.vendor, await wholeCampaign('whatever-comes', undefined, { sequence }), {
      partnerGroupIds: [stage.vendor.groupId],
      opensOn: stage.day(0),
      closesOn: stage.day(300),
    });
    ({ versionId } = version);
    fairList = (await owner.post('/api/v1/contact-lists', { name: 'Fair' }).expect(201)).body.id;
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(async () => {
    await office.close();
    await stage.close();
  });

  const stepsOf = async (path: string): Promise<string[]> =>
    ((await owner.get(`${path}/messages`).expect(200)).body.items as { stepKey: string; outcome: string }[])
      .map(({ stepKey, outcome }) => `${stepKey} ${outcome}`)
      .sort();
  const waiting = async (): Promise<Waiting> => {
    const { id, path, pagePath, email } = await stage.running(owner, { versionId });
    const [mail] = await stage.mailTo(email);
    const isWatching = async (): Promise<boolean> =>
      (
        await stage.api.asOwner(
          `SELECT 1 FROM sequences.enrolment WHERE activation_id = $1 AND step_key = 'watch' AND state = 'waiting'`,
          [id],
        )
      ).length === 1;
    await until(isWatching, 'somebody who waits');
    const found = await owner.get(`/api/v1/contacts?q=${encodeURIComponent(email)}`).expect(200);
    const contactId = found.body.items[0].id as string;
    return {
      id,
      path,
      pagePath,
      email,
      contactId,
      html: mail!.html as string,
      messageId: mail!.messageId!.slice(1, -1),
    };
  };
  /** Follows a link of the mail as browsers do. @returns where it leads. */
  const click = async ({ html }: Waiting, link: keyof typeof LINKS): Promise<string> => {
    stage.api.clock.advance(MINUTE_MS);
    const shown = html.replace(/\/l\/[\w-]+" tabindex="-1"/, '');
    const links = [...new Set([...shown.matchAll(/\/l\/[\w-]+/g)].map(([link]) => link))];
    const headers = { ...AS_BROWSERS_DO, 'User-Agent': PERSON };
    const answer = await stage.api.http.get(links[LINKS[link]]!).set(headers).redirects(0).expect(302);
    const target = answer.headers['location'] as string;
    const { pathname, search } = new URL(target);
    if (pathname.startsWith('/p/')) await stage.api.http.get(`${pathname}${search}`).expect(200);
    return target;
  };

  const HAPPEN: Record<Way, (one: Waiting) => Promise<unknown>> = {
    click: async (one) => expect(await click(one, 'page')).toContain(one.pagePath),
    form: ({ pagePath, email }) =>
      stage.api.http
        .post(`${pagePath}/form`)
        .type('form')
        .send({ email, firstName: 'Ada', company: 'Quay', consent: 'yes' })
        .expect(200),
    reply: ({ email, messageId }) =>
      office.deliver('brightwater-it@mail.throughline.example', anAnswer(email, messageId, 'Call me.'), email),
    event: ({ contactId }) => owner.post(`/api/v1/contacts/${contactId}/events`, { name: 'trial-started' }).expect(200),
    lead: async ({ id }) => {
      const { items } = (await owner.get('/api/v1/leads').expect(200)).body as {
        items: { id: string; activationId: string }[];
      };
      const lead = items.find(({ activationId }) => activationId === id)!;
      await owner.patch(`/api/v1/leads/${lead.id}`, { status: 'accepted' }).expect(200);
    },
    list: ({ contactId }) => owner.patch(`/api/v1/contacts/${contactId}`, { addToLists: [fairList] }).expect(200),
    field: ({ contactId }) => owner.patch(`/api/v1/contacts/${contactId}`, { stage: 'buying' }).expect(200),
    segment: ({ contactId }) => owner.patch(`/api/v1/contacts/${contactId}`, { segment: 'enterprise' }).expect(200),
    date: () => Promise.resolve(stage.api.clock.advance(20 * DAY_MS)),
  };

  it('does not take the way of another link, nor of another list, field or event', async () => {
    const one = await waiting();
    expect(await click(one, 'brochure')).toMatch(/brochure/);
    const elsewhere = (await owner.post('/api/v1/contact-lists', { name: 'Fairs' }).expect(201)).body.id as string;
    await owner.patch(`/api/v1/contacts/${one.contactId}`, { stage: 'looking', addToLists: [elsewhere] }).expect(200);
    await owner.post(`/api/v1/contacts/${one.contactId}/events`, { name: 'trial-ended' }).expect(200);
    await until(
      async () => (await stage.api.asOwner('SELECT 1 FROM sequences.inbox')).length === 0,
      'every turn to be taken',
    );
    expect(await stepsOf(one.path)).toEqual(['made sent', 'welcome sent']);
  });

  it('is left by whoever unsubscribes, and why nothing more comes is said wherever its people are looked at', async () => {
    const { email, html, path, contactId } = await waiting();
    // A mail arrives a moment before its sending is recorded.
    await stage.booked();
    const [door] = /\/u\/[\w-]+/.exec(html)!;
    await stage.api.http.post(door).type('form').send({ 'List-Unsubscribe': 'One-Click' }).expect(200);
    const reasons = async (): Promise<object[]> => (await owner.get(path).expect(200)).body.reasons;
    await until(async () => (await reasons()).length > 0, 'the reason');
    const ended = { reason: 'unsubscribed', sentence: 'The person unsubscribed from your e-mails.' };
    expect(await reasons()).toEqual([{ ...ended, count: 1 }]);
    for (const query of ['?reason=unsubscribed', '?state=skipped', '?state=over'])
      expect((await owner.get(`${path}/people${query}`).expect(200)).body.items).toMatchObject([
        { email, state: 'over', nextAt: null, got: 2, ended: { ...ended, at: expect.any(String) } },
      ]);
    const rest = { stepKey: '', outcome: 'skipped', messageId: null, ...ended };
    const { body: history } = await owner.get(`/api/v1/contacts/${contactId}/history`).expect(200);
    expect(history.items[0]).toMatchObject({ ...rest, name: null });
    const keys: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await owner
        .get(`${path}/messages?limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
        .expect(200);
      keys.push(...(body.items as { stepKey: string }[]).map(({ stepKey }) => stepKey));
      cursor = body.nextCursor as string | null;
    }
    expect(keys).toEqual(['', 'made', 'welcome']);
    const { text: file } = await owner.get(`/api/v1/contacts/${contactId}/data-export`).expect(200);
    expect(JSON.parse(file).decisions).toContainEqual(expect.objectContaining({ step: '', reason: 'unsubscribed' }));
  });

  it('hears of every field that a condition may ask for', async () => {
    const [heard] = await stage.api.asOwner<{ by: string }>(
      `SELECT pg_get_functiondef('sequences.enqueue_contact_change'::regproc) AS by`,
    );
    expect(
      CONTACT_FIELDS.filter((field) => !heard!.by.includes(`o.${field}`) || !heard!.by.includes(`n.${field}`)),
    ).toEqual([]);
  });

  it.each(WAYS)('takes the way of a %s, once, and no other', async (way) => {
    const [one, other] = [await waiting(), way === 'date' ? null : await waiting()];
    const began = performance.now();
    await HAPPEN[way](one);
    await until(async () => (await stepsOf(one.path)).includes(`by-${way} sent`), `what follows a ${way}`);
    const tookMs = performance.now() - began;
    expect(await stepsOf(one.path)).toEqual([`by-${way} sent`, 'made sent', 'welcome sent']);
    // Whom nothing happened to waits on.
    if (other !== null) expect(await stepsOf(other.path)).toEqual(['made sent', 'welcome sent']);
    process.stdout.write(`${way}: ${tookMs.toFixed(0)} ms from what happened to the record of the step\n`);
  });
});
