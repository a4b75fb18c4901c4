import { DAY_MS, HOUR_MS } from '#kernel';
import { owner, stage } from '../../support/suite-product.js';
import { until } from '../../support/until.js';
import {
  aCampaign,
  contactIdOf,
  enrolmentsOf,
  launched,
  post,
  prospect,
  reasonsOf,
  requestsTaken,
  waysIn,
  WINDOW,
} from './entries.js';

/** What enters a contact besides a form: events, lists, fields, leads and dates. */
export function rulesCases(): void {
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
}
