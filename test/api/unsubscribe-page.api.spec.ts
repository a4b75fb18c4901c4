import pg from 'pg';
import { DAY_MS } from '#kernel';
import { http, openForSuite, owner, stage } from '../support/suite-product.js';
import { until } from '../support/until.js';

describe('what people choose on their page', () => {
  openForSuite();

  const mailed = async (contact: object = {}, by = owner): Promise<{ email: string; door: string; path: string }> => {
    const list = await stage.aList(by, [contact]);
    const { body } = await stage.launch(by, { versionId: stage.campaign.versionId, listId: list.id }).expect(201);
    const email = list.emails[0]!;
    const mail = (await stage.mailTo(email)).at(-1)!;
    const path = `/api/v1/activations/${body.id}`;
    await until(async () => (await by.get(path)).body.steps[0]?.sent === 1, 'the record of the mail');
    return { email, door: /\/u\/[\w-]+/.exec(JSON.stringify(mail.headers.get('list')))![0], path };
  };
  const choose = (door: string, choice: string) => http.post(door).type('form').send({ choice });
  const reasonsOf = async (path: string, by = owner): Promise<string[]> => {
    await until(async () => (await by.get(path)).body.reasons.length > 0, 'a reason');
    return ((await by.get(path)).body.reasons as { reason: string }[]).map(({ reason }) => reason);
  };

  it('is asked in the brand of the partner whom they know, without a script or a picture from elsewhere', async () => {
    const { door } = await mailed();
    const { text } = await http.get(`${door}/preferences`).expect(200);
    expect(text).toMatch(/<img src="data:image\/png;base64,[\w+/=]+" alt="Brightwater IT"/);
    expect(text).toContain('--brand:#0b5cad;--on-brand:#ffffff');
    expect(text).toContain('prefers-color-scheme:dark');
    expect(text).toContain('No more e-mails about Northwind Systems, including from other companies');
    expect(text).not.toMatch(/<script|https?:\/\//);
  });

  it.each([
    [
      'de',
      'Welche E-Mails möchten Sie von Brightwater IT erhalten?',
      'Sie sind abgemeldet. Brightwater IT schreibt Ihnen keine E-Mails mehr.',
    ],
    [
      'fr-CA',
      'Quels e-mails souhaitez-vous recevoir de Brightwater IT ?',
      'Vous êtes désabonné. Brightwater IT ne vous enverra plus d’e-mails.',
    ],
    [
      'es',
      '¿Qué correos quiere recibir de Brightwater IT?',
      'Se ha dado de baja. Brightwater IT no le enviará más correos.',
    ],
    [
      'it',
      'Quali e-mail desidera ricevere da Brightwater IT?',
      'La Sua iscrizione è annullata. Brightwater IT non Le invierà più e-mail.',
    ],
    [
      'nl',
      'Welke e-mails wilt u van Brightwater IT ontvangen?',
      'U bent afgemeld. Brightwater IT stuurt u geen e-mails meer.',
    ],
    [
      'ar',
      'ما الرسائل التي تريد تلقيها من \u2068Brightwater IT\u2069؟',
      'تم إلغاء اشتراكك. لن يرسل إليك \u2068Brightwater IT\u2069 رسائل بعد الآن.',
    ],
    [
      'ja',
      'Which e-mails would you like from Brightwater IT?',
      'You are unsubscribed. Brightwater IT will not e-mail you any more.',
    ],
  ])('is asked and confirmed in %s', async (language, ask, done) => {
    const { door } = await mailed({ language });
    const { text } = await http.get(`${door}/preferences`).expect(200);
    expect(text).toContain(ask);
    const lang = language === 'ja' ? 'en' : language.slice(0, 2);
    expect(text).toContain(`<html lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}">`);
    expect((await choose(door, 'unsubscribe').expect(200)).text).toContain(done);
  });

  const chosen = async (door: string): Promise<(string | undefined)[]> => {
    const { text } = await http.get(`${door}/preferences`).expect(200);
    const inputs = [...text.matchAll(/<input type="(?:radio|checkbox)"[^>]*>/g)].map(([input]) => input);
    return inputs.filter((input) => input.endsWith(' checked>')).map((input) => /value="([^"]*)"/.exec(input)?.[1]);
  };
  /** What the form of the page sends if the reader only presses its button. */
  const pressed = async (door: string): Promise<string> => {
    const [choice = '', ...topics] = await chosen(door);
    return [`choice=${choice}`, 'has-topics=1', ...topics.map((topic) => `topic=${topic}`)].join('&');
  };
  const save = (door: string, body: string) => http.post(`${door}/preferences`).type('form').send(body).expect(200);
  /** The newest entry about what people chose: others may be written meanwhile. */
  const audited = async (): Promise<unknown> => {
    const { body } = await owner.get('/api/v1/audit-entries?limit=100').expect(200);
    return (body.items as { id: string; action: string }[]).find(({ action }) => action === 'preference.changed')?.id;
  };

  it.each(['all', 'monthly', 'vendor', 'unsubscribe'])(
    'shows what was chosen before, %s, and to look and to press its button changes nothing',
    async (choice) => {
      const { email, door } = await mailed();
      await choose(door, choice).expect(200);
      expect((await chosen(door))[0]).toBe(choice);
      const before = await audited();
      await save(door, await pressed(door));
      expect((await chosen(door))[0]).toBe(choice);
      const { body } = await owner.get(`/api/v1/suppressions?q=${email}`).expect(200);
      expect(body.items).toHaveLength(choice === 'unsubscribe' ? 1 : 0);
      if (choice === 'all' || choice === 'monthly') expect(await audited()).toBe(before);
    },
  );

  it('is left by one press, and a mistake is undone by another', async () => {
    const { email, door } = await mailed({ language: 'de' });
    const { text: asked } = await http.get(door).expect(200);
    expect(asked).toContain('<h1>Abmelden</h1>');
    expect(asked).toContain(`href="${door}/preferences"`);
    const { text } = await choose(door, 'unsubscribe').expect(200);
    expect(text).toContain('Das war ein Versehen: wieder E-Mails erhalten');
    expect((await http.get(door).expect(200)).text).toContain('Das war ein Versehen');
    expect((await owner.get(`/api/v1/suppressions?q=${email}`).expect(200)).body.items).toHaveLength(1);
    expect((await save(door, 'choice=undo')).text).toContain('Sie sind wieder angemeldet.');
    expect((await owner.get(`/api/v1/suppressions?q=${email}`).expect(200)).body.items).toEqual([]);
    const { versionId } = await stage.anotherCampaign();
    const [contact] = (await owner.get(`/api/v1/contacts?q=${email}`).expect(200)).body.items;
    const list = await owner.post('/api/v1/contact-lists', { name: `Again ${email}` }).expect(201);
    await stage.api.asOwner(
      'INSERT INTO contacts.contact_list_member (list_id, contact_id, partner_id, added_at) VALUES ($1, $2, $3, now())',
      [list.body.id, contact.id, stage.partner.id],
    );
    await stage.launch(owner, { versionId, listId: list.body.id }).expect(201);
    await stage.mailTo(email, 2);
  });

  /** A running campaign to two contacts, of whom the first got its first e-mail. */
  const runningForTwo = async () => {
    const list = await stage.aList(owner, [{}, {}]);
    const { body } = await stage.launch(owner, { versionId: stage.campaign.versionId, listId: list.id }).expect(201);
    const [email = '', other = ''] = list.emails;
    const [mail] = await stage.mailTo(email);
    await stage.mailTo(other);
    const path = `/api/v1/activations/${body.id}`;
    await until(async () => (await owner.get(path)).body.steps[0]?.sent === 2, 'the records of the mails');
    return { email, path, door: /\/u\/[\w-]+/.exec(JSON.stringify(mail!.headers.get('list')))![0] };
  };
  /** Contacts in the campaign: by its page, and by its list of contacts. */
  const inProgress = async (path: string): Promise<number[]> => {
    const { body } = await owner.get(path).expect(200);
    const people = await owner.get(`${path}/people?state=waiting`).expect(200);
    return [body.waiting, people.body.items.length, body.contacts - body.completed];
  };

  it('goes on with the campaign that the mistake ended, if it is undone within a week', async () => {
    const { email, path, door } = await runningForTwo();
    await choose(door, 'unsubscribe').expect(200);
    await until(async () => (await inProgress(path)).every((count) => count === 1), 'the end');
    await save(door, 'choice=undo');
    await until(async () => (await inProgress(path)).every((count) => count === 2), 'the return');
    expect((await owner.get(path).expect(200)).body.reasons).toEqual([]);
    stage.api.clock.advance(8 * DAY_MS);
    stage.toWorkingHours();
    await stage.mailTo(email, 2);
  });

  it('does not go on with it later, nor if the person unsubscribes again', async () => {
    const { email, path, door } = await runningForTwo();
    for (const choice of ['unsubscribe', 'undo', 'unsubscribe']) await save(door, `choice=${choice}`);
    await until(async () => (await inProgress(path)).every((count) => count === 1), 'the end');
    stage.api.clock.advance(8 * DAY_MS);
    stage.toWorkingHours();
    await save(door, 'choice=undo');
    expect((await owner.get(`/api/v1/suppressions?q=${email}`).expect(200)).body.items).toEqual([]);
    await until(
      async () => (await stage.api.asOwner('SELECT 1 FROM sequences.inbox')).length === 0,
      'the end of the work',
    );
    expect(stage.mails.to(email)).toHaveLength(1);
    const { body } = await owner.get(`${path}/people?state=over`).expect(200);
    expect(body.items).toContainEqual(
      expect.objectContaining({ email, ended: expect.objectContaining({ reason: 'unsubscribed' }) }),
    );
  });

  it.each([
    [[], ['unsubscribe', 'undo'], 2],
    [['unsubscribe'], ['undo', 'unsubscribe'], 1],
    [[], ['unsubscribe', 'undo', 'unsubscribe', 'undo'], 2],
  ])('counts what was chosen last: %j, and while the schedule is busy %j', async (before, choices, inTheEnd) => {
    const { path, door } = await runningForTwo();
    const allDone = () =>
      until(async () => (await stage.api.asOwner('SELECT 1 FROM sequences.inbox')).length === 0, 'the end of the work');
    for (const choice of before) await save(door, `choice=${choice}`);
    await allDone();
    const blocker = new pg.Client({ connectionString: stage.api.ownerUrl });
    await blocker.connect();
    // The schedule cannot move a contact meanwhile.
    await blocker.query('BEGIN; SELECT 1 FROM sequences.enrolment FOR NO KEY UPDATE');
    for (const choice of choices) await save(door, `choice=${choice}`);
    await blocker.query('COMMIT');
    await blocker.end();
    await allDone();
    expect(await inProgress(path)).toEqual([inTheEnd, inTheEnd, inTheEnd]);
  });

  it('is counted at once: neither suppressed nor deleted contacts are in progress', async () => {
    const suppressed = await runningForTwo();
    await owner.post('/api/v1/suppressions', { email: suppressed.email }).expect(201);
    await until(async () => (await inProgress(suppressed.path)).every((count) => count === 1), 'the end');
    const [entry] = (await owner.get(`/api/v1/suppressions?q=${suppressed.email}`).expect(200)).body.items;
    await owner.delete(`/api/v1/suppressions/${entry.id}`).expect(204);
    await until(async () => (await inProgress(suppressed.path)).every((count) => count === 2), 'the return');

    const deleted = await runningForTwo();
    const [contact] = (await owner.get(`/api/v1/contacts?q=${deleted.email}`).expect(200)).body.items;
    await owner.delete(`/api/v1/contacts/${contact.id}`);
    await until(async () => (await inProgress(deleted.path)).every((count) => count === 1), 'the end');
  });

  it('is not entered again after a complaint, a dead address or a refusal by the partner', async () => {
    const { email, door } = await mailed({ language: 'de' });
    await owner.post('/api/v1/suppressions', { email }).expect(201);
    for (const choice of ['undo', 'all', 'monthly']) {
      expect((await save(door, `choice=${choice}`)).text).toContain('bereits abgemeldet');
      expect((await owner.get(`/api/v1/suppressions?q=${email}`).expect(200)).body.items).toHaveLength(1);
    }
  });

  it('names the company behind it, and leads to its privacy policy and imprint', async () => {
    const { door } = await mailed({ language: 'de' });
    const { text } = await http.get(`${door}/preferences`).expect(200);
    const paths = [...text.matchAll(/<a href="(\/p\/[\w-]+\/(?:imprint|privacy))">([^<]+)<\/a>/g)];
    expect(paths.map(([, , name]) => name)).toEqual(['Impressum', 'Datenschutz']);
    const [imprint = '', privacy = ''] = paths.map(([, path = '']) => path);
    const { headers } = await http.get(privacy).redirects(0).expect(302);
    expect(headers['location']).toBe('https://www.brightwater.example/privacy');
    // Its country asks for no imprint: its particulars are shown instead.
    const shown = await http.get(imprint).set('Accept-Language', 'de').expect(200);
    expect(shown.text).toContain('Brightwater IT Ltd ist für diese Seite und ihre E-Mails verantwortlich.');
    expect(shown.text).toContain('1 Quay Street');
  });

  it('is asked in the language of the mail where nobody has written theirs, or none is known', async () => {
    for (const language of ['ja', undefined]) {
      const { door, path } = await mailed(language === undefined ? {} : { language });
      await stage.api.asOwner(`UPDATE sequences.enrolment SET locale = 'he' WHERE activation_id = $1`, [
        path.split('/').at(-1),
      ]);
      expect((await http.get(`${door}/preferences`).expect(200)).text).toContain('<html lang="he" dir="rtl">');
    }
  });

  it('holds for a vendor at every partner, and no partner can tell', async () => {
    const neighbour = await stage.aCompletePartner();
    const { email, door, path } = await mailed();
    await http.get(`${door}?choice=vendor`).expect(200);
    expect((await choose(door, 'vendor').expect(200)).text).toContain(
      'You will not get e-mails about Northwind Systems',
    );
    const list = await stage.aList(neighbour.owner, [{ email }]);
    const { body } = await stage
      .launch(neighbour.owner, { versionId: stage.campaign.versionId, listId: list.id })
      .expect(201);
    expect(await reasonsOf(`/api/v1/activations/${body.id}`, neighbour.owner)).toEqual(['contact-policy']);
    stage.api.clock.advance(8 * DAY_MS);
    stage.toWorkingHours();
    expect(await reasonsOf(path)).toEqual(['contact-policy']);
    expect(stage.mails.to(email)).toHaveLength(1);
    const [contact] = (await owner.get(`/api/v1/contacts?q=${email}`).expect(200)).body.items;
    expect((await owner.get(`/api/v1/contacts/${contact.id}`).expect(200)).body.suppression).toBeNull();
    expect((await owner.get(`/api/v1/suppressions?q=${email}`).expect(200)).body.items).toEqual([]);
    const audit = JSON.stringify((await owner.get('/api/v1/audit-entries?limit=200').expect(200)).body);
    expect(audit).not.toContain('"scope":"vendor"');
    const interactions = await stage.api.asOwner(
      'SELECT 1 FROM engagement.interaction WHERE contact_id = $1 AND kind = $2',
      [contact.id, 'unsubscribe'],
    );
    expect(interactions).toEqual([]);
    const kept = await stage.api.asOwner(`SELECT * FROM contacts.keyed_suppression WHERE scope = 'vendor'`);
    expect(JSON.stringify(kept)).not.toContain(email);
  });

  it('holds for how often: at most one mail a month, and the one after that', async () => {
    const { email, door, path } = await mailed();
    await choose(door, 'monthly').expect(200);
    stage.api.clock.advance(8 * DAY_MS);
    stage.toWorkingHours();
    expect(await reasonsOf(path)).toEqual(['prefers-fewer']);
    expect(stage.mails.to(email)).toHaveLength(1);
    stage.api.clock.advance(31 * DAY_MS);
    stage.toWorkingHours();
    const again = await mailed({ email: `other-${email}` });
    expect(again.email).toBe(`other-${email}`);
    const [contact] = (await owner.get(`/api/v1/contacts?q=${email}`).expect(200)).body.items.filter(
      (one: { email: string }) => one.email === email,
    );
    const list = await owner.post('/api/v1/contact-lists', { name: `Later ${email}` }).expect(201);
    await stage.api.asOwner(
      'INSERT INTO contacts.contact_list_member (list_id, contact_id, partner_id, added_at) VALUES ($1, $2, $3, now())',
      [list.body.id, contact.id, stage.partner.id],
    );
    const { versionId } = await stage.anotherCampaign();
    await stage.launch(owner, { versionId, listId: list.body.id }).expect(201);
    await stage.mailTo(email, 2);
  });

  it('holds for a topic: none of that campaign, and it can be taken back', async () => {
    const { email, door, path } = await mailed({ language: 'de' });
    const { text } = await http.get(`${door}/preferences`).expect(200);
    const [, topic = '', label = ''] =
      /name="topic" value="([^"]+)" checked><span>(.*?)<\/span><\/label>/.exec(text) ?? [];
    expect(label).toMatch(/Zero trust/i);
    expect(label).not.toContain(topic);
    expect(await chosen(door)).toEqual(['all', topic]);
    await save(door, 'choice=all&has-topics=1');
    expect(await chosen(door)).toEqual(['all']);
    stage.api.clock.advance(8 * DAY_MS);
    stage.toWorkingHours();
    expect(await reasonsOf(path)).toEqual(['topic-refused']);
    expect(stage.mails.to(email)).toHaveLength(1);
    expect((await owner.get(`/api/v1/suppressions?q=${email}`).expect(200)).body.items).toEqual([]);
    await save(door, `choice=all&has-topics=1&topic=${topic}`);
    expect(await stage.api.asOwner('SELECT 1 FROM contacts.refused_topic')).toEqual([]);
  });

  it('is leaving, when somebody names a topic that the person never had mail on', async () => {
    const { email, door } = await mailed();
    await choose(door, 'topic:<b>other</b>').expect(200);
    expect((await owner.get(`/api/v1/suppressions?q=${email}`).expect(200)).body.items).toHaveLength(1);
  });

  it('can be taken back to mail as it comes', async () => {
    const { email, door } = await mailed();
    await choose(door, 'monthly').expect(200);
    await choose(door, 'all').expect(200);
    stage.api.clock.advance(8 * DAY_MS);
    stage.toWorkingHours();
    await stage.mailTo(email, 2);
  });

  it('is leaving, when a mail program says nothing of choices or nonsense', async () => {
    for (const body of ['List-Unsubscribe=One-Click', 'choice=something', 'choice=unsubscribe&choice=vendor']) {
      const { email, door } = await mailed();
      await http.post(door).type('form').send(body).expect(200);
      expect((await owner.get(`/api/v1/suppressions?q=${email}`).expect(200)).body.items).toMatchObject([
        { reason: 'unsubscribed' },
      ]);
    }
  });

  it('takes out also what is planned already and waits for its retry', async () => {
    const { email, path, door } = await mailed();
    const id = stage.mails.to(email)[0]!.messageId!.slice(1, 37);
    await choose(door, 'unsubscribe').expect(200);
    await stage.api.asOwner(
      `UPDATE sequences.step_execution SET outcome = 'pending', reason = 'pending' WHERE message_id = $1`,
      [id],
    );
    await stage.api.asOwner(
      `UPDATE delivery.message SET state = 'planned', retry_at = now() - interval '1 minute', settled_at = NULL WHERE id = $1`,
      [id],
    );
    expect(await reasonsOf(path)).toEqual(['unsubscribed']);
    expect(stage.mails.to(email)).toHaveLength(1);
  });
});
