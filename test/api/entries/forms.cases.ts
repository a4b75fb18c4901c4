import pg from 'pg';
import { Rollups } from '#insight';
import { DAY_MS, newId } from '#kernel';
import { owner, stage } from '../../support/suite-product.js';
import { unique } from '../../support/unique.js';
import { until } from '../../support/until.js';
import { contactIdOf, enrolmentsOf, launched, post, prospect, reasonsOf, requestsTaken, waysIn } from './entries.js';

/** Who sends the form, and whose consent has to be confirmed first. */
export function formsCases(): void {
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

  const confirmationOf = async (email: string, mails = 1): Promise<string> =>
    new URL(/https?:\S+\/confirm\/\S+/.exec((await stage.mailTo(email, mails)).at(-1)!.text!)![0]).pathname;
  const waitingOf = (email: string): Promise<{ key: string; days: number }[]> =>
    stage.api.asOwner(
      `SELECT q.entry_key AS key, round(extract(epoch FROM q.waits_until - clock_timestamp()) / 86400)::int AS days
       FROM sequences.entry_request q JOIN contacts.contact c ON c.id = q.contact_id WHERE c.email = $1 AND q.waits_until IS NOT NULL`,
      [email],
    );

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

  it('an entry that needs a confirmed consent makes the form ask for it, also who may be written to anyhow', async () => {
    const sequence = waysIn(`confirmed-${unique()}`);
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
}
