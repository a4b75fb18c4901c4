import { ActivationLeadRule, LeadHistory, LeadView } from '#contracts';
import { Clicks, ClickVerdicts } from '#engagement';
import { Rollups } from '#insight';
import { systemActor, HOUR_MS, MINUTE_MS } from '#kernel';
import { ClickLeads, LeadReminders } from '#leads';
import { publish, wholeCampaign } from '../support/campaigns.js';
import { openForSuite, owner, stage } from '../support/suite-product.js';
import { until } from '../support/until.js';

const PERSON = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15';
/** Two clicks within a week; spoken of sooner than others. */
const RULE = {
  clicks: { count: 2, withinDays: 7 },
  remind: { hours: 6 },
  escalate: { hours: 20 },
};
/** Who becomes a lead is told of at once, by a sequence that waits for it. */
const SEQUENCE = {
  window: { from: '00:00', to: '23:59', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] },
  steps: [
    { key: 'welcome', email: 'welcome' },
    { key: 'watch', until: [{ lead: ['new'], then: 'hook' }], within: { days: 30 }, else: 'end' },
    { key: 'hook', webhook: 'became-a-lead', next: 'end' },
    { key: 'proof', email: 'proof' },
  ],
};

interface Mailed {
  readonly activationId: string;
  readonly path: string;
  readonly pagePath: string;
  readonly email: string;
  readonly page: string;
  readonly privacy: string;
  readonly decoy: string;
}

describe('a lead by clicks', () => {
  let versionId: string;

  openForSuite();
  beforeAll(async () => {
    const { steps } = SEQUENCE;
    const zip = await wholeCampaign('leads-by-clicks', undefined, {
      sequence: { ...SEQUENCE, steps: steps.slice(0, 3) },
      leads: RULE,
    });
    const open = { partnerGroupIds: [stage.vendor.groupId], opensOn: stage.day(0), closesOn: stage.day(300) };
    ({ versionId } = await publish(stage.vendor, zip, open));
  });

  const mailed = async (changes: object = { versionId }): Promise<Mailed> => {
    const { id, email, path, pagePath } = await stage.running(owner, changes);
    const [mail] = await stage.mailTo(email);
    await until(async () => (await owner.get(path)).body.steps[0]?.sent === 1, 'the record of the mail');
    stage.api.clock.advance(MINUTE_MS);
    const names = await stage.api.asOwner<{ number: number; name: string }>(
      'SELECT number, name FROM engagement.link_target WHERE activation_id = $1',
      [id],
    );
    const links = [...new Set([...(mail!.html as string).matchAll(/\/l\/[\w-]+/g)].map(([link]) => link))];
    const named = (name: string): string =>
      links.find(
        (link) =>
          names.find((one) => one.name === name)?.number === Buffer.from(link.slice('/l/'.length), 'base64url')[16],
      )!;
    return {
      activationId: id,
      path,
      pagePath,
      email,
      page: named('page'),
      privacy: named('privacy'),
      decoy: named('decoy'),
    };
  };
  const click = async (link: string, opens = true, userAgent = PERSON): Promise<void> => {
    const { headers } = await stage.api.http.get(link).set('User-Agent', userAgent).redirects(0).expect(302);
    const { pathname, search } = new URL(headers['location']!);
    // Legal pages forward to the partner's own.
    if (opens && /^\/p\/[^/]+$/.test(pathname)) await stage.api.http.get(`${pathname}${search}`).expect(200);
    await stage.api.app.get(Clicks).flushed();
    stage.api.clock.advance(2 * MINUTE_MS);
  };
  /** As if the time in which a scanner gives itself away had passed. */
  const evaluate = async (): Promise<void> => {
    await stage.api.app.get(Clicks).flushed();
    await stage.api.asOwner('UPDATE leads.click_evaluation SET not_before = clock_timestamp()');
    const leads = stage.api.app.get(ClickLeads, { strict: false });
    await Promise.all([leads.evaluateDue(), leads.evaluateDue()]);
    await until(
      async () => (await stage.api.asOwner('SELECT 1 FROM leads.click_evaluation LIMIT 1')).length === 0,
      'everything to be evaluated',
    );
  };
  const leadOf = async (email: string): Promise<LeadView | null> => {
    const { body } = await owner.get('/api/v1/leads?limit=100').expect(200);
    const found = (body.items as { email: string }[]).find((lead) => lead.email === email);
    return found === undefined ? null : LeadView.parse(found);
  };
  const aLead = async (): Promise<Mailed & { lead: LeadView }> => {
    const one = await mailed();
    await click(one.page);
    await click(one.page);
    await evaluate();
    const lead = await leadOf(one.email);
    expect(lead).toMatchObject({ status: 'new', source: 'clicks' });
    return { ...one, lead: lead! };
  };
  const counted = async (path: string): Promise<{ leads: number; differs: number }> => {
    const { body } = await owner.get('/api/v1/insight').expect(200);
    const differs = await stage.api.app.get(Rollups, { strict: false }).reconcile(stage.partner.id);
    expect(path).toContain('/activations/');
    return { leads: body.numbers.leads as number, differs };
  };
  const letters = async (subject: string): Promise<{ recipient: string }[]> =>
    stage.api.asOwner(`SELECT recipient FROM identity.system_mail WHERE subject LIKE $1`, [subject]);
  const rulePath = ({ path }: Mailed): string => `${path}/lead-rule`;
  const makeStricter = async (one: Mailed, body: object, status = 200) =>
    (await owner.put(rulePath(one), body).expect(status)).body as { code?: string; problems?: { field: string }[] };
  /**
   * The click that leads to the landing page turns out to be a program's: the
   * decoy was followed around it.
   */
  const revise = async (one: Mailed): Promise<void> => {
    await stage.api.asOwner(
      `INSERT INTO engagement.interaction_verdict (id, interaction_id, partner_id, verdict, why, at)
       SELECT uuidv7(), t.id, t.partner_id, 'machine', 'a later signal', now() FROM engagement.interaction t
       WHERE t.activation_id = $1 AND t.kind = 'click' AND t.link_name = 'page'`,
      [one.activationId],
    );
  };

  it('is made once enough clicks of a person are certain, told at once, and followed by what waits for it', async () => {
    const before = await letters('A new lead%');
    const one = await mailed();
    await click(one.page);
    await evaluate();
    expect(await leadOf(one.email)).toBeNull();
    await click(one.page);
    await evaluate();
    expect(await leadOf(one.email)).toMatchObject({
      status: 'new',
      source: 'clicks',
      qualifiedBy: { count: 2, links: null, withinDays: 7 },
      machineClicksAt: null,
    });
    expect((await letters('A new lead%')).slice(before.length)).toEqual([{ recipient: 'bea@brightwater.example' }]);
    const steps = async (): Promise<{ stepKey: string; sent: number }[]> => (await owner.get(one.path)).body.steps;
    await until(
      async () => (await steps()).find(({ stepKey }) => stepKey === 'hook')?.sent === 1,
      'the step that waits for a lead',
    );
    await click(one.page);
    await evaluate();
    expect((await letters('A new lead%')).length).toBe(before.length + 1);
  });

  it('is not made by programs, by one click twice, by reading the privacy notice, or by whoever never opens the page', async () => {
    const one = await mailed();
    await click(one.page, false);
    await click(one.page, true, 'curl/8');
    await click(one.page);
    await click(one.privacy);
    await click(one.privacy);
    await evaluate();
    expect(await leadOf(one.email)).toBeNull();
    const double = await mailed();
    for (let n = 0; n < 2; n++) {
      await stage.api.http.get(double.page).set('User-Agent', PERSON).redirects(0).expect(302);
      stage.api.clock.advance(500);
    }
    await evaluate();
    expect(await leadOf(double.email)).toBeNull();
  });

  it('waits until a click could have given itself away', async () => {
    const one = await mailed();
    await click(one.page);
    await click(one.page);
    const [{ inMs }] = (await stage.api.asOwner<{ inMs: string }>(
      `SELECT extract(epoch FROM max(not_before) - clock_timestamp()) * 1000 AS "inMs" FROM leads.click_evaluation WHERE activation_id = $1`,
      [one.activationId],
    )) as [{ inMs: string }];
    expect(Number(inMs)).toBeGreaterThan(MINUTE_MS - 10_000);
    await stage.api.app.get(ClickLeads, { strict: false }).evaluateDue();
    expect(await leadOf(one.email)).toBeNull();
    await evaluate();
    expect(await leadOf(one.email)).not.toBeNull();
  });

  it('is not made of somebody who has left', async () => {
    const one = await mailed();
    await click(one.page);
    await click(one.page);
    const { contact } = (
      await stage.api.asOwner<{ contact: string }>(
        'SELECT contact_id AS contact FROM delivery.message WHERE activation_id = $1',
        [one.activationId],
      )
    )[0]!;
    await owner.post(`/api/v1/contacts/${contact}/erase`).expect(204);
    await evaluate();
    expect(await stage.api.asOwner('SELECT 1 FROM leads.lead WHERE activation_id = $1', [one.activationId])).toEqual(
      [],
    );
  });

  it('is taken back while nobody has taken it up, in every number, and comes back with a form', async () => {
    const one = await aLead();
    const before = await counted(one.path);
    const told = await letters('%was withdrawn');
    await revise(one);
    await evaluate();
    expect(await leadOf(one.email)).toMatchObject({ status: 'withdrawn' });
    expect(await counted(one.path)).toEqual({ leads: before.leads - 1, differs: 0 });
    expect((await letters('%was withdrawn')).length).toBe(told.length + 1);
    expect(await stage.api.asOwner('SELECT 1 FROM leads.reminder WHERE lead_id = $1', [one.lead.id])).toEqual([]);
    await owner.patch(`/api/v1/leads/${one.lead.id}`, { status: 'accepted' }).expect(409);

    const form = { email: one.email, firstName: 'Vera', lastName: 'V', company: 'C', consent: 'yes' };
    await stage.api.http.post(`${one.pagePath}/form`).type('form').send(form).expect(200);
    expect(await leadOf(one.email)).toMatchObject({ id: one.lead.id, status: 'new', source: 'form' });
    expect(await counted(one.path)).toEqual({ leads: before.leads, differs: 0 });
    expect(await stage.api.asOwner('SELECT 1 FROM leads.reminder WHERE lead_id = $1', [one.lead.id])).toHaveLength(2);
  });

  it('stays once somebody has taken it up, and says that its clicks were a program’s', async () => {
    const one = await aLead();
    await owner.patch(`/api/v1/leads/${one.lead.id}`, { status: 'accepted' }).expect(200);
    const before = await counted(one.path);
    await revise(one);
    await evaluate();
    expect(await leadOf(one.email)).toMatchObject({ status: 'accepted', machineClicksAt: expect.any(String) });
    expect(await counted(one.path)).toEqual({ leads: before.leads, differs: 0 });
    const { body } = await owner.get(`/api/v1/leads/${one.lead.id}/history`).expect(200);
    expect(LeadHistory.parse(body).items.map(({ kind }) => kind)).toContain('machine-clicks');
  });

  it('is taken back by the sweep for pages that were never opened, and not for those that were', async () => {
    const one = await aLead();
    stage.api.clock.advance(6 * MINUTE_MS);
    await stage.api.app.get(ClickVerdicts).rejectUnopened(systemActor('test'));
    await evaluate();
    expect(await leadOf(one.email)).toMatchObject({ status: 'new' });
  });

  describe('whose rule the partner makes stricter', () => {
    it('is judged by it from then on', async () => {
      const one = await mailed();
      expect(ActivationLeadRule.parse((await owner.get(rulePath(one)).expect(200)).body)).toMatchObject({
        published: { clicks: { count: 2, links: null, withinDays: 7 }, remind: { hours: 6 }, escalate: { hours: 20 } },
        stricter: { clicks: null, remindAfterHours: null, escalateAfterHours: null },
        links: ['demo', 'page', 'brochure'],
        changedBy: null,
      });
      await makeStricter(one, { clicks: { count: 3, links: null, withinDays: 7 } });
      await click(one.page);
      await click(one.page);
      await evaluate();
      expect(await leadOf(one.email)).toBeNull();
      await click(one.page);
      await evaluate();
      expect(await leadOf(one.email)).toMatchObject({ qualifiedBy: { count: 3 } });
    });

    it('is never looser than the vendor’s, and nothing is changed where it would be', async () => {
      const one = await mailed();
      await makeStricter(one, { remindAfterHours: 3 });
      const refused = await makeStricter(
        one,
        { clicks: { count: 1, links: ['nowhere'], withinDays: 30 }, remindAfterHours: 7 },
        422,
      );
      expect(refused.code).toBe('lead-rule.looser');
      expect(refused.problems?.map(({ field }) => field)).toEqual([
        'clicks.count',
        'clicks.links',
        'clicks.withinDays',
        'remindAfterHours',
      ]);
      const { body } = await owner.get(rulePath(one)).expect(200);
      expect(body.stricter).toEqual({ clicks: null, remindAfterHours: 3, escalateAfterHours: null });
    });

    it('is the rule from the launch on where it was chosen there, and a launch that would loosen it is none', async () => {
      const list = await stage.aList(owner);
      const key = `own-rule-${list.id}`;
      const launch = (leadRule: object) => stage.launch(owner, { versionId, listId: list.id, leadRule }, key);
      const { body: refused } = await launch({ clicks: { count: 1, links: null, withinDays: 7 } }).expect(422);
      expect(refused).toMatchObject({ code: 'lead-rule.looser', field: 'clicks.count' });
      expect(
        await stage.api.asOwner('SELECT 1 FROM activations.activation_list WHERE list_id = $1', [list.id]),
      ).toEqual([]);
      const { body } = await launch({ remindAfterHours: 2 }).expect(201);
      await launch({ remindAfterHours: 2 }).expect(200);
      expect((await launch({ remindAfterHours: 1 }).expect(409)).body.code).toBe('launch.key-reused');
      const { body: rule } = await owner.get(`/api/v1/activations/${body.id as string}/lead-rule`).expect(200);
      expect(rule.stricter).toEqual({ clicks: null, remindAfterHours: 2, escalateAfterHours: null });
      const { body: offer } = await owner.get(`/api/v1/offers/${versionId}`).expect(200);
      expect(offer.leads).toEqual({ rule: rule.published, links: rule.links });
    });

    it('is audited, and another partner’s is not found', async () => {
      const one = await mailed();
      await makeStricter(one, { escalateAfterHours: 10 });
      const { body } = await owner.get('/api/v1/audit-entries?limit=5').expect(200);
      expect(body.items).toContainEqual(expect.objectContaining({ action: 'activation.lead-rule-changed' }));
      const other = await stage.aCompletePartner(undefined, { name: 'Otherwise IT' });
      await other.owner.get(rulePath(one)).expect(404);
      await other.owner.put(rulePath(one), {}).expect(404);
      const viewer = await stage.api.signIn(stage.partner.id, 'viewer');
      await viewer.put(rulePath(one), {}).expect(403);
    });
  });

  it('is remembered and escalated after the vendor’s hours, and sooner where the partner says so', async () => {
    const reminders = stage.api.app.get(LeadReminders, { strict: false });
    const waiting = async (): Promise<string[]> =>
      (
        await stage.api.asOwner<{ text: string }>(
          `SELECT body_text AS text FROM identity.system_mail WHERE subject LIKE 'A lead is waiting%' ORDER BY id`,
        )
      ).map(({ text }) => text);
    const dueIn = async (id: string): Promise<Record<string, number>> => {
      const rows = await stage.api.asOwner<{ level: string; due_at: Date }>(
        'SELECT level, due_at FROM leads.reminder WHERE lead_id = $1',
        [id],
      );
      const now = stage.api.clock.now().getTime();
      return Object.fromEntries(rows.map((row) => [row.level, Math.round((row.due_at.getTime() - now) / HOUR_MS)]));
    };
    const one = await aLead();
    expect(await dueIn(one.lead.id)).toEqual({ reminder: 6, escalation: 20 });
    await makeStricter(one, { remindAfterHours: 2, escalateAfterHours: 5 });
    expect(await dueIn(one.lead.id)).toEqual({ reminder: 2, escalation: 5 });
    // Back to the vendor's: what was promised sooner stays.
    await makeStricter(one, {});
    expect(await dueIn(one.lead.id)).toEqual({ reminder: 2, escalation: 5 });
    const before = await waiting();
    stage.api.clock.advance(2.5 * HOUR_MS);
    await reminders.sendDue();
    expect((await waiting()).slice(before.length).join('\n')).toContain('waiting for 2 hours');
  });

  it('is foreseen by a dry run on samples as it comes to be', async () => {
    const { body: mine } = await stage.vendor.editor.get('/api/v1/campaigns?limit=50').expect(200);
    const { id } = (mine.items as { id: string; name: string }[]).find(({ name }) => name === 'leads-by-clicks')!;
    const clicks = [
      { kind: 'click', name: 'page', afterHours: 5 },
      { kind: 'click', name: 'demo', afterHours: 9 },
    ];
    const sample = { name: 'Ada', timeZone: 'Europe/London' };
    const { body } = await stage.vendor.editor
      .post(`/api/v1/campaigns/${id}/versions/1/dry-run`, {
        samples: [
          { ...sample, events: clicks },
          { ...sample, events: clicks.slice(1) },
        ],
      })
      .expect(200);
    const startAt = Date.parse(body.startAt as string);
    const after = (hours: number): string => new Date(startAt + hours * HOUR_MS).toISOString();
    expect(body.samples[0].lead).toEqual({ at: after(9), reminder: after(15), escalation: after(29) });
    expect(body.samples[0].steps.at(-1)).toMatchObject({ stepKey: 'hook', at: after(9) });
    expect(body.samples[1].lead).toBeNull();
    const detail = await stage.vendor.editor.get(`/api/v1/campaigns/${id}/versions/1`).expect(200);
    expect(detail.body.leads).toEqual({
      clicks: { count: 2, links: null, withinDays: 7 },
      remind: { hours: 6 },
      escalate: { hours: 20 },
    });
  });
});
