import { MINUTE_MS } from '#kernel';
import type { Browser } from '../support/api.js';
import { publish, type UploadedVersion, wholeCampaign } from '../support/campaigns.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

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
    stage = await openTestProduct();
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
  const post = (pagePath: string, email: string) =>
    stage.api.http
      .post(`${pagePath}/form`)
      .type('form')
      .send({ email, firstName: 'Ada', company: 'Quay', consent: 'yes' });
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
    const { pagePath, email: listed } = await launched();
    await stage.mailTo(listed);
    const email = prospect();
    const began = performance.now();
    // A double click.
    const answers = await Promise.all([post(pagePath, email), post(pagePath, email)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const [mail] = await stage.mailTo(email);
    process.stdout.write(`form: ${(performance.now() - began).toFixed(0)} ms from the form to the e-mail\n`);
    expect(mail!.html).toContain('/u/');
    stage.api.clock.advance(MINUTE_MS);
    await post(pagePath, email).expect(200);
    await requestsTaken();
    await stage.booked();
    expect(await enrolmentsOf(email)).toEqual(['answer 1']);
    expect(await reasonsOf(email)).toEqual(['answer entered-before']);
    expect(stage.mails.to(email)).toHaveLength(1);
    expect(await enrolmentsOf(listed)).toEqual(['list 1']);
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
});
