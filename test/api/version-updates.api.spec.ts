import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { UpdateAudience, UpdateRuns, VersionUpdates } from '#activations';
import { type CampaignId, type CampaignVersionId, DAY_MS } from '#kernel';
import { verify } from '../../apps/cli/src/verify-command.js';
import { Settlements } from '../../libs/sequences/src/sending/settlements.service.js';
import { UpdateSources } from '../../libs/activations/src/updates/update-sources.service.js';
import { publish, type UploadedVersion, wholeCampaign } from '../support/campaigns.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const ALL_DAYS = { from: '06:00', to: '20:00', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] };
const of = (...steps: object[]) => ({ sequence: { window: ALL_DAYS, steps } });
const WELCOME = { key: 'welcome', email: 'welcome' };
const PAUSE = { key: 'pause', wait: { days: 2 } };
const PROOF = { key: 'proof', email: 'proof' };
const LAST = { key: 'last', email: 'workshop' };
/** Some of them are held out. */
const PEOPLE = 25;

interface UpdateBody {
  readonly plans: readonly {
    number: number;
    partners: number;
    activations: number;
    steps: { key: string; change: string }[];
  }[];
  readonly updates: readonly { id: string; states: Record<string, number>; begun: number; heldFor: string | null }[];
  readonly contacts: {
    readonly newest: { readonly readyAt: string; readonly isReady: boolean; readonly contacts: number | null } | null;
    readonly margin: number;
    readonly obstacle: string | null;
    readonly left: number;
  };
}

describe('an update of running campaigns', () => {
  let stage: TestProduct;
  let names = 0;

  beforeAll(async () => {
    stage = await openTestProduct({}, { forecasts: 1 });
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(() => stage.close());

  const offer = () => ({ partnerGroupIds: [stage.vendor.groupId], opensOn: stage.day(0), closesOn: stage.day(300) });
  const first = async (posts = false): Promise<UploadedVersion & { name: string }> => {
    const name = `updated-${names++}`;
    const version = await publish(
      stage.vendor,
      await wholeCampaign(name, undefined, { ...of(WELCOME, PAUSE, PROOF, LAST), posts }),
      offer(),
    );
    return { ...version, name };
  };
  const next = async (
    { campaignId, name }: { campaignId: string; name: string },
    changes: object,
    grow?: (mjml: string) => string,
    partnerGroupIds: readonly string[] = [stage.vendor.groupId],
  ): Promise<string> => {
    const { editor, approver } = stage.vendor;
    const zip = await wholeCampaign(name, undefined, changes, grow);
    const { body } = await editor
      .post(`/api/v1/campaigns/${campaignId}/versions`)
      .attach('package', zip, 'next.zip')
      .expect(201);
    const path = `/api/v1/campaigns/${campaignId}/versions/${(body as { number: number }).number}`;
    await editor.post(`${path}/submit`).expect(200);
    await approver.post(`${path}/approve`).expect(200);
    await editor.post(`${path}/publish`, { ...offer(), partnerGroupIds }).expect(200);
    return path;
  };
  const get = async (path: string): Promise<UpdateBody> =>
    (await stage.vendor.editor.get(`${path}/update`).expect(200)).body as UpdateBody;
  const work = async (): Promise<void> => {
    await stage.api.app.get(UpdateRuns, { strict: false }).runDue();
  };
  /** Takes over, and waits until none is waiting. */
  const takeOver = async (path: string, decision: object = {}): Promise<UpdateBody['updates'][number]> => {
    await stage.vendor.editor.post(`${path}/update`, { choice: 'take-over', ...decision }).expect(200);
    await settled(path);
    return (await get(path)).updates[0]!;
  };
  const settled = (path: string): Promise<void> =>
    until(async () => {
      await work();
      const [update] = (await get(path)).updates;
      return update !== undefined && update.states['waiting'] === 0 && update.states['returns'] === 0;
    }, 'the update of all activations');
  const afterDays = async (days: number): Promise<void> => {
    await stage.booked();
    stage.api.clock.advance(days * DAY_MS);
    stage.toWorkingHours();
  };
  const subjects = async (email: string, count: number): Promise<(string | undefined)[]> =>
    (await stage.mailTo(email, count)).map(({ subject }) => subject);
  const decisions = (id: string) =>
    stage.api.asOwner<{ step_key: string; outcome: string; reason: string }>(
      `SELECT step_key, outcome, reason FROM sequences.step_execution WHERE activation_id = $1 ORDER BY decided_at, step_key`,
      [id],
    );

  it('shows the vendor what it changes of each version that runs, and how many partners run it', async () => {
    const version = await first();
    await stage.running(stage.partner.owner, { versionId: version.versionId, startAt: stage.inDays(20) });
    const path = await next(version, of(WELCOME, PROOF, { key: 'more', email: 'workshop' }));
    const { plans, updates } = await get(path);
    expect(updates).toEqual([]);
    expect(plans).toMatchObject([{ number: 1, partners: 1, activations: 1, isReordered: false }]);
    expect(plans[0]?.steps.map(({ key, change }) => `${key} ${change}`)).toEqual([
      'welcome unchanged',
      'proof unchanged',
      'more new',
      'pause removed',
      'last removed',
    ]);
    expect(plans[0]?.steps[0]).toMatchObject({ title: { en: expect.stringMatching(/\w/) }, wait: null, differs: [] });
    expect(plans[0]?.steps[3]).toMatchObject({ key: 'pause', title: {}, wait: { hours: 48 } });
    // Its numbers are those of the whole programme.
    const { vendorId } = stage.vendor;
    const manager = {
      kind: 'vendor',
      vendorId,
      role: 'channel-manager',
      userId: null,
      apiKeyId: null,
      name: 'Cleo',
    } as const;
    const campaignId = version.campaignId as CampaignId;
    const planned = stage.api.app.get(VersionUpdates, { strict: false }).plan(manager, { campaignId, number: 2 });
    await expect(planned).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('goes on with contacts at the matching step: none twice, none lost, and the removed one with its reason', async () => {
    const version = await first();
    const { id, email } = await stage.running(stage.partner.owner, { versionId: version.versionId });
    await subjects(email, 1);
    await stage.booked();
    const path = await next(
      version,
      of(WELCOME, PAUSE, LAST, { key: 'wait', wait: { days: 1 } }, { key: 'again', email: 'proof' }),
    );
    expect((await takeOver(path)).states).toMatchObject({ done: 1, refused: 0, asksPartner: 0 });
    const { body } = await stage.partner.owner.get(`/api/v1/activations/${id}`).expect(200);
    expect(body.versionId).not.toBe(version.versionId);
    const { past } = (await stage.partner.owner.get(`/api/v1/activations/${id}/update`).expect(200)).body;
    expect(past).toMatchObject({ state: 'done', number: 2, at: expect.any(String), emails: [], sequence: true });
    await afterDays(2);
    await subjects(email, 2);
    await afterDays(2);
    await subjects(email, 3);
    await stage.booked();
    expect((await decisions(id)).map(({ step_key, reason }) => `${step_key} ${reason}`)).toEqual([
      'welcome sent',
      'proof step-removed',
      'last sent',
      'again sent',
    ]);
  });

  it('leads a contact to the new steps whose last e-mail was with the relay during the update', async () => {
    const name = `updated-${names++}`;
    const version = await publish(stage.vendor, await wholeCampaign(name, undefined, of(WELCOME)), offer());
    const update = async () => takeOver(await next({ ...version, name }, of(WELCOME, PAUSE, PROOF)));
    const settlements = stage.api.app.get(Settlements, { strict: false });
    const settle = settlements.settle.bind(settlements);
    let updated: Promise<UpdateBody['updates'][number]> | null = null;
    const settling = jest.spyOn(settlements, 'settle').mockImplementation(async (...given) => {
      await (updated ??= update());
      return settle(...given);
    });
    const { id, email } = await stage.running(stage.partner.owner, { versionId: version.versionId });
    await subjects(email, 1);
    await stage.booked();
    settling.mockRestore();
    expect((await updated!).states).toMatchObject({ done: 1 });
    await afterDays(2);
    await subjects(email, 2);
    await stage.booked();
    const steps = (await decisions(id)).map(({ step_key, reason }) => `${step_key} ${reason}`);
    expect(steps).toEqual(['welcome sent', 'proof sent']);
  });

  it('is rolled back in one action: the activation runs what it ran, with all that it was', async () => {
    const version = await first();
    const slots = { offer: { kind: 'paragraphs', blocks: [[{ text: 'Our own offer' }]] } };
    const { id, email } = await stage.running(stage.partner.owner, { versionId: version.versionId, slots });
    await subjects(email, 1);
    await stage.booked();
    const read = async () =>
      stage.api.asOwner(
        `SELECT a.version_id, a.slots, a.choices, a.edition, a.planned_end_at, e.step_key, e.due_at, e.edition AS of_edition
         FROM activations.activation a JOIN sequences.enrolment e ON e.activation_id = a.id WHERE a.id = $1`,
        [id],
      );
    const before = await read();
    const path = await next(version, of(WELCOME, LAST));
    const { id: updateId } = await takeOver(path);
    expect(await read()).not.toEqual(before);
    await stage.vendor.editor.post(`${path}/update/${updateId}/roll-back`).expect(200);
    await settled(path);
    expect(await read()).toEqual(before);
    const updates = `/api/v1/activations/${id}/update`;
    const { past } = (await stage.partner.owner.get(updates).expect(200)).body;
    // No step of the version that was taken back sends it, though the package has it.
    expect(past).toMatchObject({ state: 'rolled-back', number: 1, emails: [{ key: 'proof', change: 'new' }] });
    const proof = (await stage.partner.owner.post(`${updates}/emails/proof`, { answers: {} }).expect(200)).body;
    expect(proof).toMatchObject({ before: null, after: { html: expect.any(String) } });
    await afterDays(2);
    await subjects(email, 2);
    expect((await decisions(id)).map(({ step_key }) => step_key)).toEqual(['welcome', 'proof']);
    const { body: told } = await stage.partner.owner.get('/api/v1/notifications').expect(200);
    const events = (told.items as { event: string; path: string }[]).filter(
      ({ path: of }) => of === `/activations/${id}`,
    );
    expect(events.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['campaign-updated', 'update-rolled-back']),
    );
    const { body: log } = await stage.vendor.approver.get('/api/v1/audit-entries?limit=50').expect(200);
    const actions = (log.items as { action: string }[]).map(({ action }) => action);
    expect(actions).toEqual(
      expect.arrayContaining([
        'version-update.decided',
        'version-update.rolled-back',
        'activation.updated',
        'activation.update-rolled-back',
      ]),
    );
  });

  it('keeps hold-outs of two versions apart, and the launch under the version that was launched', async () => {
    const { owner } = stage.partner;
    const holding = (percent: number, ...steps: object[]) => ({
      sequence: { ...of(...steps).sequence, holdOut: { percent } },
    });
    const name = `updated-${names++}`;
    const version = await publish(
      stage.vendor,
      await wholeCampaign(name, undefined, holding(20, WELCOME, PAUSE, PROOF)),
      offer(),
    );
    const { id: listId } = await stage.aList(
      owner,
      Array.from({ length: PEOPLE }, () => ({})),
    );
    const { body: launched } = await stage.launch(owner, { versionId: version.versionId, listId }).expect(201);
    interface Groups {
      readonly version: number;
      readonly percent: number;
      readonly written: { readonly people: number };
      readonly heldOut: { readonly people: number };
      readonly readAt: string;
    }
    const read = async (): Promise<{ holdOut: Groups; earlierHoldOuts: Groups[] }> =>
      (await owner.get(`/api/v1/activations/${launched.id}/experiments`).expect(200)).body;
    const peopleOf = ({ written, heldOut }: Groups): number => written.people + heldOut.people;
    await until(async () => peopleOf((await read()).holdOut) === PEOPLE, 'the draws of all');
    const ofFirst = (await read()).holdOut;
    expect(ofFirst).toMatchObject({ version: 1, percent: 20 });
    expect((await read()).earlierHoldOuts).toEqual([]);

    // Without a hold-out of its own, the version leaves what the first one shows.
    await takeOver(await next({ ...version, name }, of(WELCOME, PAUSE, LAST)));
    expect(await read()).toMatchObject({ holdOut: ofFirst, earlierHoldOuts: [] });
    // With another one, it begins a comparison of its own.
    stage.api.clock.advance(DAY_MS);
    await takeOver(await next({ ...version, name }, holding(10, WELCOME, PAUSE, LAST)));
    const { holdOut, earlierHoldOuts } = await read();
    expect(holdOut).toMatchObject({ version: 3, percent: 10, written: { people: 0 }, heldOut: { people: 0 } });
    expect(holdOut.readAt > ofFirst.readAt).toBe(true);
    expect(earlierHoldOuts).toEqual([ofFirst]);
    const { text } = await owner.get(`/api/v1/activations/${launched.id}/experiments.csv`).expect(200);
    expect(text.match(/^hold-out,.*/gm)?.map((line) => line.split(',').at(-1))).toEqual(['3', '3', '1', '1']);

    const { body } = await owner.get(`/api/v1/insight/marks?from=${stage.day(-2)}&to=${stage.day(2)}`).expect(200);
    const marks = (body.items as { campaignId: string; kind: string; number: number }[])
      .filter(({ campaignId }) => campaignId === version.campaignId)
      .map(({ kind, number }) => `${kind} ${number}`);
    expect(marks.toSorted()).toEqual(['launched 1', 'updated 2', 'updated 3']);
  });

  it('keeps a partner on its version whose text does not fit, until the partner has decided', async () => {
    const version = await first();
    const long = `We look at one of your sites for nothing. ${'It takes us an hour. '.repeat(7)}You get a list of what to do.`;
    const slots = { intro: { kind: 'paragraphs', blocks: [[{ text: long }]] } };
    const { id } = await stage.running(stage.partner.owner, {
      versionId: version.versionId,
      slots,
      startAt: stage.inDays(20),
    });
    const path = await next(version, of(WELCOME, PAUSE, PROOF, LAST), (mjml) =>
      mjml.replace(/max-chars="\d+"/, 'max-chars="180"'),
    );
    expect((await takeOver(path)).states).toMatchObject({ done: 0, asksPartner: 1 });
    const { owner } = stage.partner;
    const asked = (await owner.get(`/api/v1/activations/${id}/update`).expect(200)).body.update;
    expect(asked).toMatchObject({ number: 2, state: 'asks-partner' });
    expect(asked.openSlots).toMatchObject([
      {
        name: 'intro',
        maxChars: 180,
        suggestion: { blocks: [[{ text: expect.stringMatching(/^We look .+ hour\.$/) }]] },
      },
    ]);
    const shown = (await owner.post(`/api/v1/activations/${id}/update/emails/welcome`, { answers: {} }).expect(200))
      .body;
    expect(shown.before.html).toContain('You get a list');
    expect(shown.after.html).not.toContain('You get a list');
    const recall = { versionNumber: 1, tactic: { kind: 'email', key: 'welcome' }, reason: 'Its price is wrong.' };
    const recalls = `/api/v1/campaigns/${version.campaignId}/recalls`;
    await stage.vendor.editor.post(`/api/v1/campaigns/${version.campaignId}/recall`, recall).expect(200);
    expect(
      (await owner.post(`/api/v1/activations/${id}/update/emails/welcome`, { answers: {} }).expect(200)).body,
    ).toMatchObject({ before: null, after: { html: expect.any(String) } });
    const [decided] = (await stage.vendor.editor.get(recalls).expect(200)).body.items;
    await stage.vendor.editor.post(`${recalls}/${decided.id}/reverse`, { reason: 'It was right.' }).expect(200);
    const refused = await owner.post(`/api/v1/activations/${id}/update/answers`, { answers: {} }).expect(422);
    expect(refused.body.code).toBe('update.answers-incomplete');
    const answers = { intro: asked.openSlots[0].suggestion };
    const stray = { ...answers, nowhere: answers.intro };
    const unknown = await owner.post(`/api/v1/activations/${id}/update/answers`, { answers: stray }).expect(422);
    expect(unknown.body).toMatchObject({
      code: 'update.slot-unknown',
      problems: [{ field: 'answers.nowhere', code: 'slot-unknown' }],
    });
    await owner.post(`/api/v1/activations/${id}/update/answers`, { answers }).expect(200);
    await settled(path);
    expect((await owner.get(`/api/v1/activations/${id}/update`).expect(200)).body.update).toBeNull();
    const [row] = await stage.api.asOwner<{ slots: unknown; edition: number }>(
      'SELECT slots, edition FROM activations.activation WHERE id = $1',
      [id],
    );
    expect(row).toMatchObject({ slots: answers, edition: 2 });
  });

  it('leaves each e-mail and file under the recalls of the version that it was made from', async () => {
    // The second version has no post.
    const version = await first(true);
    const { id, email, path: activation } = await stage.running(stage.partner.owner, { versionId: version.versionId });
    const [mail] = await stage.mailTo(email);
    const link = /\/l\/[\w-]+/.exec(mail!.html as string)![0];
    await stage.booked();
    await takeOver(await next(version, of(WELCOME, PAUSE, LAST)));
    const file = createHash('sha256').update(id).digest('hex');
    await stage.api.asOwner(
      `INSERT INTO activations.asset (id, activation_id, partner_id, kind, key, locale, format, title, blob_hash, media_type, edition)
       SELECT gen_random_uuid(), id, partner_id, 'document', 'paper', 'en', 'pdf', 'Paper', $2, 'application/pdf', 1
       FROM activations.activation WHERE id = $1`,
      [id, file],
    );
    const campaign = `/api/v1/campaigns/${version.campaignId}`;
    const { editor } = stage.vendor;
    const newest = async () => (await editor.get(`${campaign}/recalls`).expect(200)).body.items[0];
    const recall = async (versionNumber?: number) => {
      await editor.post(`${campaign}/recall`, { versionNumber, reason: 'Its price is wrong.' }).expect(200);
      await until(async () => (await newest()).done === 1, 'the report');
      return newest();
    };
    const reverse = async (recalled: string) => {
      await editor.post(`${campaign}/recalls/${recalled}/reverse`, { reason: 'It was right.' }).expect(200);
      await until(async () => (await newest()).goingOn === 1, 'the reversal');
    };
    const extent = async (scope: object) => (await editor.post(`${campaign}/recall/preview`, scope).expect(200)).body;
    const seen = async () => [
      (await stage.api.http.get(link).redirects(0)).status,
      (await stage.api.http.get(`/api/v1/copies/${file}`).expect(200)).body.state,
      (await stage.partner.owner.get(activation).expect(200)).body.status,
    ];
    expect(await seen()).toEqual([302, 'current', 'active']);
    const { id: second } = await recall(2);
    expect(await seen()).toEqual([302, 'current', 'held']);
    await reverse(second);
    expect((await seen())[2]).toBe('active');
    expect(await extent({ versionNumber: 1 })).toMatchObject({ activations: 1, partners: 1 });
    const { id: one, activations } = await recall(1);
    expect(activations).toBe(1);
    expect(await seen()).toEqual([410, 'recalled', 'active']);
    await reverse(one);
    const { rows } = await extent({});
    const { id: both } = await recall();
    const { items } = (await editor.get(`${campaign}/recalls/${both}/rows?limit=200`).expect(200)).body;
    expect(items).toHaveLength(rows);
    expect(items).toContainEqual(expect.objectContaining({ channel: 'published-post', itemKey: 'announce' }));
  });

  it('leaves receipts of both versions verifiable offline, each with the papers of its version', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'throughline-update-'));
    const file = async (name: string, content: string | Buffer): Promise<string> => {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    };
    const { owner } = stage.partner;
    const paper = async (path: string, name: string): Promise<string> =>
      file(name, JSON.stringify((await owner.get(path).buffer(true).expect(200)).body));
    const version = await first();
    const { id, email } = await stage.running(owner, { versionId: version.versionId });
    await subjects(email, 1);
    await stage.booked();
    await takeOver(await next(version, of(WELCOME, PAUSE, PROOF)));
    await afterDays(2);
    const mails = await stage.mailTo(email, 2);
    await stage.booked();
    const { body } = await owner.get(`/api/v1/activations/${id}/messages`).expect(200);
    const keys = await paper(`/api/v1/vendors/${stage.vendor.vendorId}/signing-keys`, 'keys.json');
    const versionIds = new Set<string>();
    for (const [at, stepKey] of ['welcome', 'proof'].entries()) {
      const message = (body.items as { stepKey: string; messageId: string }[]).find((one) => one.stepKey === stepKey);
      const receiptPath = `/api/v1/messages/${message?.messageId}/receipt`;
      const { versionId } = (await owner.get(receiptPath).buffer(true).expect(200)).body.payload as {
        versionId: string;
      };
      versionIds.add(versionId);
      const papers = {
        key: keys,
        receipt: await paper(receiptPath, 'receipt.json'),
        manifest: await paper(`/api/v1/activations/${id}/manifest?versionId=${versionId}`, 'manifest.json'),
        seal: await paper(`/api/v1/activations/${id}/seal?versionId=${versionId}`, 'seal.json'),
      };
      await verify(await file(`${stepKey}.eml`, mails[at]!.raw), papers, () => undefined);
    }
    expect(versionIds.size).toBe(2);
    await rm(folder, { recursive: true });
  });

  it('reaches partners to which the version is offered later', async () => {
    const version = await first();
    await stage.running(stage.partner.owner, { versionId: version.versionId, startAt: stage.inDays(20) });
    const group = { name: `Nobody ${names++}`, rule: { tiers: ['no such tier'] } };
    const { id: nobody } = (await stage.vendor.editor.post('/api/v1/partner-groups', group).expect(201)).body as {
      id: string;
    };
    const path = await next(version, of(WELCOME), undefined, [nobody]);
    expect((await takeOver(path)).states).toMatchObject({ done: 0, waiting: 0 });
    await stage.vendor.editor.post(`${path}/extend`, { partnerGroupIds: [stage.vendor.groupId] }).expect(200);
    await until(async () => {
      await work();
      return (await get(path)).updates[0]?.states['done'] === 1;
    }, 'the update of the partner');
  });

  it('is done once, however many processes take it at the same time', async () => {
    const version = await first();
    const { id } = await stage.running(stage.partner.owner, {
      versionId: version.versionId,
      startAt: stage.inDays(20),
    });
    const path = await next(version, of(WELCOME));
    await stage.vendor.editor.post(`${path}/update`, { choice: 'take-over' }).expect(200);
    await until(async () => {
      await Promise.all([work(), work(), work()]);
      return (await get(path)).updates[0]?.states['done'] === 1;
    }, 'the update');
    const editions = await stage.api.asOwner(
      'SELECT number FROM activations.edition WHERE activation_id = $1 ORDER BY number',
      [id],
    );
    expect(editions).toEqual([{ number: 1 }, { number: 2 }]);
  });

  it('leaves the launch on the partner’s charts at the version that it began with', async () => {
    const version = await first();
    await stage.running(stage.partner.owner, { versionId: version.versionId, startAt: stage.inDays(20) });
    await takeOver(await next(version, of(WELCOME)));
    const days = `from=${stage.day(-1)}&to=${stage.day(1)}&campaign=${version.campaignId}`;
    const { body } = await stage.partner.owner.get(`/api/v1/insight/marks?${days}`).expect(200);
    const marks = body.items as { kind: string; number: number | null }[];
    expect(marks.map(({ kind, number }) => `${kind} ${number}`)).toEqual(['updated 2', 'launched 1']);
  });

  it('begins with a share of the partners, and stops running campaigns if the vendor chooses that', async () => {
    const version = await first();
    const { id } = await stage.running(stage.partner.owner, {
      versionId: version.versionId,
      startAt: stage.inDays(20),
    });
    const path = await next(version, of(WELCOME));
    const wrong = await stage.vendor.editor
      .post(`${path}/update`, { choice: 'take-over', shares: [20, 5, 100] })
      .expect(422);
    expect(wrong.body.code).toBe('update.shares');
    const { begun, id: updateId } = await takeOver(path, { shares: [1, 5, 20, 100], mostStoppedPartners: 0 });
    // One partner is the smallest share.
    expect(begun).toBe(1);
    await stage.vendor.editor.post(`${path}/update`, { choice: 'finish' }).expect(409);
    await stage.vendor.editor.post(`${path}/update/${updateId}/roll-back`).expect(200);
    await settled(path);
    await stage.vendor.editor.post(`${path}/update`, { choice: 'stop' }).expect(422);
    await stage.vendor.editor.post(`${path}/update`, { choice: 'stop', reason: 'The offer is over.' }).expect(200);
    await settled(path);
    const { body } = await stage.partner.owner.get(`/api/v1/activations/${id}`).expect(200);
    expect(body.status).toBe('stopped');
  });

  it.each(['take-over', 'stop'])('leaves activations alone that a newer update has moved (%s)', async (choice) => {
    const version = await first();
    const { owner } = await stage.aCompletePartner();
    const ids: string[] = [];
    for (const by of [stage.partner.owner, owner])
      ids.push((await stage.running(by, { versionId: version.versionId, startAt: stage.inDays(20) })).id);
    const second = await next(version, of(WELCOME));
    const decision = {
      choice,
      shares: [1, 100],
      daysBetween: 2,
      ...(choice === 'stop' ? { reason: 'It is over.' } : {}),
    };
    await stage.vendor.editor.post(`${second}/update`, decision).expect(200);
    await until(async () => {
      await work();
      return (await get(second)).updates[0]?.states['done'] === 1;
    }, 'the first share');
    await takeOver(await next(version, of(WELCOME, LAST)));
    const read = () =>
      stage.api.asOwner('SELECT id, version_id, status FROM activations.activation WHERE id = ANY ($1) ORDER BY id', [
        ids,
      ]);
    const before = await read();
    await afterDays(2);
    await settled(second);
    expect(await read()).toEqual(before);
    expect((await get(second)).updates[0]).toMatchObject({ begun: 2, states: { done: 1, over: 1 } });
  });

  it('moves no campaign to a version that is recalled for its partner while it is updated', async () => {
    const version = await first();
    const { id } = await stage.running(stage.partner.owner, {
      versionId: version.versionId,
      startAt: stage.inDays(20),
    });
    const path = await next(version, of(WELCOME));
    const sources = stage.api.app.get(UpdateSources, { strict: false });
    const bake = sources.bake.bind(sources);
    let recalled: Promise<unknown> | null = null;
    const baking = jest.spyOn(sources, 'bake').mockImplementation(async (...given) => {
      const baked = await bake(...given);
      const recall = { reason: 'Its price is wrong.', versionNumber: 2, groupId: stage.vendor.groupId };
      recalled ??= stage.vendor.editor.post(`/api/v1/campaigns/${version.campaignId}/recall`, recall).expect(200);
      await recalled;
      return baked;
    });
    const { states } = await takeOver(path);
    baking.mockRestore();
    expect(states).toMatchObject({ done: 0, refused: 1 });
    const { body } = await stage.partner.owner.get(`/api/v1/activations/${id}`).expect(200);
    expect(body).toMatchObject({ versionId: version.versionId, status: 'active' });
  });

  it('lets a campaign go on that a recall of its version holds', async () => {
    const version = await first();
    const { path: launched } = await stage.running(stage.partner.owner, {
      versionId: version.versionId,
      startAt: stage.inDays(20),
    });
    const path = await next(version, of(WELCOME));
    const campaign = `/api/v1/campaigns/${version.campaignId}`;
    const recall = { reason: 'Its price is wrong.', versionNumber: 1, mode: 'replace', replacementNumber: 2 };
    await stage.vendor.editor.post(`${campaign}/recall`, recall).expect(200);
    await until(
      async () => (await stage.vendor.editor.get(`${campaign}/recalls`).expect(200)).body.items[0].done === 1,
      'the report of the recall',
    );
    expect((await stage.partner.owner.get(launched).expect(200)).body.status).toBe('held');
    expect((await takeOver(path)).states).toMatchObject({ done: 1 });
    const { body } = await stage.partner.owner.get(launched).expect(200);
    expect(body.status).toBe('active');
    expect(body.versionId).not.toBe(version.versionId);
    const { body: log } = await stage.partner.owner.get('/api/v1/audit-entries?limit=50').expect(200);
    expect(log.items).toContainEqual(
      expect.objectContaining({ details: { reason: 'the vendor changed its version' } }),
    );
  });

  it('brings back no version that was rolled back, in whatever order updates are rolled back', async () => {
    const version = await first();
    const { id } = await stage.running(stage.partner.owner, {
      versionId: version.versionId,
      startAt: stage.inDays(20),
    });
    const paths = [await next(version, of(WELCOME)), await next(version, of(WELCOME, LAST))];
    const updates: { path: string; id: string }[] = [];
    for (const path of paths) updates.push({ path, id: (await takeOver(path)).id });
    for (const update of updates) {
      await stage.vendor.editor.post(`${update.path}/update/${update.id}/roll-back`).expect(200);
      await settled(update.path);
    }
    const { body } = await stage.partner.owner.get(`/api/v1/activations/${id}`).expect(200);
    expect(body.versionId).toBe(version.versionId);
  });

  it('concerns nobody more from its roll-back on', async () => {
    const version = await first();
    await stage.running(stage.partner.owner, { versionId: version.versionId, startAt: stage.inDays(20) });
    const group = { name: `Nobody ${names++}`, rule: { tiers: ['no such tier'] } };
    const { body } = await stage.vendor.editor.post('/api/v1/partner-groups', group).expect(201);
    const path = await next(version, of(WELCOME), undefined, [(body as { id: string }).id]);
    const { id } = await takeOver(path);
    const [found] = await stage.api.asOwner<{ version_id: CampaignVersionId }>(
      'SELECT version_id FROM activations.version_update WHERE id = $1',
      [id],
    );
    const rollingBack = stage.api.asOwner(
      `WITH done AS (UPDATE activations.version_update SET rolled_back_at = now(), rolled_back_by = 'Maya' WHERE id = $1 RETURNING id)
       SELECT pg_sleep(2) FROM done`,
      [id],
    );
    await until(
      async () =>
        (await stage.api.asOwner('SELECT id FROM activations.version_update WHERE id = $1 FOR SHARE SKIP LOCKED', [id]))
          .length === 0,
      'the roll-back',
    );
    await stage.vendor.editor.post(`${path}/extend`, { partnerGroupIds: [stage.vendor.groupId] }).expect(200);
    await stage.api.app.get(UpdateAudience, { strict: false }).includeMore(found!.version_id);
    await rollingBack;
    expect((await get(path)).updates[0]?.states).toMatchObject({ waiting: 0, done: 0 });
  });

  /** The same campaign of four more partners, each with so many contacts that wait. */
  const withPartners = async (id: string, contactsEach: number): Promise<void> => {
    for (let n = 0; n < 4; n++) {
      const partnerId = await stage.api.aPartner(stage.vendor, { name: `Partner ${names++}` });
      await stage.api.asOwner(
        `WITH copy AS (
           INSERT INTO activations.activation SELECT (jsonb_populate_record(a, jsonb_build_object(
             'id', gen_random_uuid(), 'partner_id', $2::uuid, 'slug', 'copy-' || $2, 'idempotency_key', $2))).*
           FROM activations.activation a WHERE a.id = $1 RETURNING id, partner_id)
         INSERT INTO sequences.enrolment (id, activation_id, partner_id, contact_id, locale, time_zone, time_zone_source, state, step_key,
           due_at, since, enrolled_at)
         SELECT gen_random_uuid(), copy.id, copy.partner_id, gen_random_uuid(), 'en', 'UTC', 'country', 'waiting', 'pause',
           $4::timestamptz + interval '300 days', $4, $4 FROM copy, generate_series(1, $3::int) n`,
        [id, partnerId, contactsEach, stage.api.clock.now()],
      );
    }
    await stage.api.asOwner(`UPDATE organisations.membership SET joined_at = joined_at - interval '31 days'`);
  };

  it('estimates how many contacts are on their way: once, with noise, and from five partners on', async () => {
    const version = await first();
    const { id } = await stage.running(stage.partner.owner, {
      versionId: version.versionId,
      startAt: stage.inDays(20),
    });
    const path = await next(version, of(WELCOME));
    const refused = await stage.vendor.editor.post(`${path}/update/contacts`).expect(409);
    expect(refused.body.code).toBe('update-count.too-few-partners');
    await withPartners(id, 500);
    expect((await get(path)).contacts).toMatchObject({ newest: null, obstacle: null, left: 12 });
    const { contacts } = (await stage.vendor.editor.post(`${path}/update/contacts`).expect(200)).body as UpdateBody;
    expect(contacts).toMatchObject({ newest: { isReady: false, contacts: null }, obstacle: 'recent', left: 11 });
    await until(
      async () => (await stage.api.asOwner(`SELECT 1 FROM release.release WHERE kind = 'update-count'`)).length === 1,
      'the count',
    );
    // It is shown at its hour, whatever the work takes.
    expect((await get(path)).contacts).toEqual(contacts);
    stage.api.clock.advance(new Date(contacts.newest!.readyAt).getTime() - stage.api.clock.now().getTime());
    const shown = (await get(path)).contacts;
    expect(shown.newest?.isReady).toBe(true);
    expect(Math.abs(shown.newest!.contacts! - 2_000)).toBeLessThan(4 * shown.margin);
    expect((await stage.vendor.editor.post(`${path}/update/contacts`).expect(200)).body.contacts).toEqual(shown);
  });

  it('begins no further share while surely more contacts unsubscribe than the vendor allows', async () => {
    const version = await first();
    const { id, email } = await stage.running(stage.partner.owner, { versionId: version.versionId });
    await subjects(email, 1);
    await stage.booked();
    await withPartners(id, 1);
    const path = await next(version, of(WELCOME, PAUSE, PROOF));
    const decision = { choice: 'take-over', shares: [99, 100], daysBetween: 1, mostUnsubscribedPercent: 1 };
    const decide = () => stage.vendor.editor.post(`${path}/update`, decision).expect(200);
    const { id: updateId } = ((await decide()).body as UpdateBody).updates[0]!;
    // As if all had been updated: copies have no brand. Each wrote to 300 people, of whom 120 unsubscribed.
    await stage.api.asOwner(
      `WITH updated AS (
         UPDATE activations.activation_update SET state = 'done', refusal = NULL, changed_at = $2 WHERE update_id = $1 RETURNING *),
       sent AS (
         INSERT INTO delivery.message SELECT (jsonb_populate_record(m, jsonb_build_object(
           'id', gen_random_uuid(), 'enrolment_id', gen_random_uuid(), 'contact_id', gen_random_uuid(), 'settled_at', $2::timestamptz,
           'activation_id', u.activation_id, 'partner_id', u.partner_id))).*
         FROM updated u, generate_series(1, 300) n, delivery.message m WHERE m.activation_id = $3 RETURNING *)
       INSERT INTO engagement.interaction (id, partner_id, vendor_id, activation_id, message_id, contact_id, kind, at)
       SELECT gen_random_uuid(), partner_id, vendor_id, activation_id, id, contact_id, 'unsubscribe', $2
       FROM (SELECT *, row_number() OVER (PARTITION BY activation_id) AS place FROM sent) s WHERE place <= 120`,
      [updateId, stage.api.clock.now(), id],
    );
    await until(async () => {
      await work();
      return (await get(path)).updates[0]?.begun === 1;
    }, 'the first share');
    stage.api.clock.advance(DAY_MS);
    await until(async () => {
      await work();
      return (await get(path)).updates[0]?.heldFor === 'unsubscribes';
    }, 'the rule to hold the next share');
    expect((await get(path)).updates[0]).toMatchObject({ begun: 1, mostUnsubscribedPercent: 1 });
    const { body } = await stage.vendor.editor.post(`${path}/update/${updateId}/continue`).expect(200);
    expect(body.updates[0]).toMatchObject({ begun: 2, heldFor: null });
  });
});
