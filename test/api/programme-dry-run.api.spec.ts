import type { ProgrammeDryRunView } from '#contracts';
import { CampaignLibrary } from '#campaigns';
import { CompiledCampaigns } from '#content';
import { type CampaignId, DAY_MS, type VendorActor } from '#kernel';
import { ReleaseLog, Reservations } from '#release';
import { ProgrammeDryRuns, ProgrammeForecasts } from '#sequences';
import { releaseLog } from '../../apps/cli/src/release-commands.js';
import { publish, upload, type UploadedVersion } from '../support/campaigns.js';
import { campaignOf, crowd, EIGHT_MAILS } from '../support/dry-run-agreement.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const PEOPLE = 400;
const PARTNERS = 5;

describe('a forecast with the contacts of all partners, for their vendor', () => {
  let stage: TestProduct;
  let version: UploadedVersion;
  const partners: TestProduct['partner'][] = [];

  beforeAll(async () => {
    stage = await openTestProduct({}, { forecasts: 1 });
    version = await aCampaign('programme-a');
    await withContacts(stage.partner);
  });
  afterAll(() => stage.close());

  const packageOf = (key: string) => campaignOf(EIGHT_MAILS, key);
  const aCampaign = async (key: string): Promise<UploadedVersion> =>
    publish(stage.vendor, await packageOf(key), {
      partnerGroupIds: [stage.vendor.groupId],
      opensOn: stage.day(0),
      closesOn: stage.day(300),
    });
  async function withContacts(partner: TestProduct['partner']): Promise<void> {
    await stage.running(partner.owner);
    const listId = await crowd(stage, partner, PEOPLE, `of-${partner.id.slice(-6)}-`);
    await partner.owner.patch(`/api/v1/contact-lists/${listId}`, { isDefault: true }).expect(200);
    partners.push(partner);
  }
  const pathOf = ({ path }: UploadedVersion): string => `${path}/programme-dry-run`;
  const stateOf = async (of: UploadedVersion): Promise<ProgrammeDryRunView> =>
    (await stage.vendor.editor.get(pathOf(of)).expect(200)).body as ProgrammeDryRunView;
  const request = async (of: UploadedVersion, by = stage.vendor.editor): Promise<ProgrammeDryRunView> =>
    (await by.post(pathOf(of)).expect(200)).body as ProgrammeDryRunView;
  const reservations = async (): Promise<number> =>
    (await stage.api.asOwner<{ n: number }>('SELECT count(*)::int AS n FROM release.reservation'))[0]!.n;
  const released = async (): Promise<number> =>
    (await stage.api.asOwner<{ n: number }>('SELECT count(*)::int AS n FROM release.release'))[0]!.n;

  it('needs a version in review or published', async () => {
    const draft = await upload(stage.vendor.editor, await packageOf('programme-draft'));
    expect((await stateOf(draft)).obstacle).toBe('draft');
    const { body } = await stage.vendor.editor.post(pathOf(draft)).expect(409);
    expect(body).toMatchObject({ code: 'forecast.draft' });
  });

  it('needs five partners that joined 30 days ago and have launched something', async () => {
    while (partners.length < PARTNERS)
      await withContacts(
        await stage.aCompletePartner(stage.vendor, {
          name: `Partner ${partners.length}`,
        }),
      );
    expect((await stateOf(version)).obstacle).toBe('too-few-partners');
    const { body } = await stage.vendor.editor.post(pathOf(version)).expect(409);
    expect(body).toMatchObject({ code: 'forecast.too-few-partners' });
    expect(await reservations()).toBe(0);
    await stage.api.asOwner(`UPDATE organisations.membership SET joined_at = joined_at - interval '31 days'`);
    expect(await stateOf(version)).toMatchObject({
      obstacle: null,
      forecast: null,
      budget: { left: 20 },
    });
  });

  it('is shown at a full hour, whatever the work takes, and tells nothing before', async () => {
    const { forecast, budget } = await request(version);
    const notice = new Date(forecast!.readyAt).getTime() - new Date(forecast!.requestedAt).getTime();
    expect(new Date(forecast!.readyAt).toISOString()).toMatch(/:00:00\.000Z$/);
    expect(notice).toBeGreaterThanOrEqual(15 * 60_000);
    expect(notice).toBeLessThanOrEqual(75 * 60_000);
    expect(budget).toEqual({ perYear: 20, left: 19, nextAt: null });
    const before = await stateOf(version);
    await until(async () => (await released()) === 1, 'the forecast');
    expect(await stateOf(version)).toEqual(before);
    expect(before.forecast?.run).toBeNull();
    stage.api.clock.advance(new Date(forecast!.readyAt).getTime() - stage.api.clock.now().getTime());
    expect((await stateOf(version)).forecast?.run).not.toBeNull();
  });

  it('comes near the truth, with a margin, and leaves small numbers out', async () => {
    const run = (await stateOf(version)).forecast!.run!;
    const people = PARTNERS * PEOPLE;
    expect(run.margin).toBeGreaterThan(60);
    for (const about of [run.total, run.reached]) {
      expect(about! % 10).toBe(0);
      expect(about).toBeLessThanOrEqual(people * 1.25 + 3 * run.margin);
    }
    expect(run.total).toBeGreaterThanOrEqual(people * 0.75 - 3 * run.margin);
    expect(run.steps).toHaveLength(8);
    for (const { count } of run.skipped) expect(count).toBeGreaterThanOrEqual(run.smallest - 10);
    expect(JSON.stringify(run)).not.toContain('suppressed');
  });

  it('has one answer for one text: the same bytes, for every person and as often as it is asked for', async () => {
    const first = await stateOf(version);
    const answers = await Promise.all([request(version), request(version), stateOf(version)]);
    for (const answer of answers) expect(answer).toEqual(first);
    expect(await reservations()).toBe(1);
  });

  it('is one of 20 in a year, and one request gets the last', async () => {
    await stage.api.asOwner(
      `INSERT INTO release.reservation (id, vendor_id, kind, subject, cost, number, at, ready_at)
       SELECT uuidv7(), $1, 'forecast', 'text ' || n, (SELECT max(cost) FROM release.reservation), 1 + n, $2, $2
       FROM generate_series(1, 18) n`,
      [stage.vendor.vendorId, stage.api.clock.now()],
    );
    const [one, other] = [await aCampaign('programme-b'), await aCampaign('programme-c')];
    const answers = await Promise.all([one, other].map((of) => stage.vendor.editor.post(pathOf(of))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      code: 'forecast.spent',
    });
    const state = await stateOf(answers[0]?.status === 200 ? other : one);
    expect(state).toMatchObject({
      obstacle: 'spent',
      budget: { left: 0, nextAt: expect.any(String) as string },
    });
    expect(await reservations()).toBe(20);
  });

  it('stands in the audit log, with which of the 20 it was', async () => {
    const rows = await stage.api.asOwner<{ details: object }>(
      `SELECT details FROM audit.entry WHERE action = 'forecast.requested' ORDER BY id`,
    );
    expect(rows).toHaveLength(2);
    expect(rows[0]?.details).toMatchObject({
      name: 'programme-a',
      number: 1,
      forecast: 1,
      perYear: 20,
    });
  });

  it('stands in the operator’s list with its cost and what is left, without numbers', async () => {
    const lines: string[] = [];
    const services = {
      log: stage.api.app.get(ReleaseLog, { strict: false }),
      reservations: stage.api.app.get(Reservations, { strict: false }),
    };
    await releaseLog(services, stage.vendor.vendorId, 100, (line) => lines.push(line));
    expect(lines.filter((line) => line.includes('  forecast '))).toHaveLength(20);
    expect(lines.join('\n')).toContain('Forecasts of 365 days: 20 of 20');
    expect(lines.some((line) => /cost 0\.0164 .* \d+ numbers, sd \d/.test(line))).toBe(true);
    expect(JSON.stringify(lines)).not.toContain('total');
  });

  it('is shown at the next full hour if the work takes longer than its hour', async () => {
    stage.api.clock.advance(366 * DAY_MS);
    const late = await upload(stage.vendor.editor, await packageOf('programme-late'));
    await stage.vendor.editor.post(`${late.path}/submit`).expect(200);
    const marketer: VendorActor = {
      kind: 'vendor',
      vendorId: stage.vendor.vendorId,
      role: 'marketer',
      userId: null,
      apiKeyId: null,
      name: 'Maya',
    };
    const campaignId = late.campaignId as CampaignId;
    const found = await stage.api.app.get(CampaignLibrary, { strict: false }).version(marketer, campaignId, 1);
    // Without the job: it is computed below.
    const { reservation } = await stage.api.app.get(ProgrammeDryRuns, { strict: false }).reserve(marketer, found);
    stage.api.clock.advance(3 * 3_600_000);
    const job = {
      reservationId: reservation.id,
      vendorId: marketer.vendorId,
      campaignId,
    };
    const forecasts = stage.api.app.get(ProgrammeForecasts, { strict: false });
    await Promise.all([forecasts.compute(job), forecasts.compute(job)]);
    const { forecast } = await stateOf(late);
    expect(forecast).toMatchObject({ run: null });
    expect(forecast?.readyAt).toMatch(/:00:00\.000Z$/);
    expect(new Date(forecast!.readyAt).getTime()).toBeGreaterThan(stage.api.clock.now().getTime());
    stage.api.clock.advance(3_600_000);
    expect((await stateOf(late)).forecast?.run).not.toBeNull();
  });

  it('does not depend on opt-outs that the vendor’s own staff entered, but on those of people', async () => {
    const [hash] = await stage.api.asOwner<{ hash: string }>(
      'SELECT compiled_hash AS hash FROM campaigns.campaign_version WHERE id = $1',
      [version.versionId],
    );
    const compiled = await stage.api.app.get(CompiledCampaigns, { strict: false }).load(hash!.hash);
    const walks = stage.api.app.get(ProgrammeForecasts, { strict: false });
    const of = {
      vendorId: stage.vendor.vendorId,
      campaignId: version.campaignId as CampaignId,
      compiled,
    };
    const countedNow = (): Promise<unknown> => walks.exactCells(of, new Date('2027-03-02T10:00:00Z'));
    const before = await countedNow();
    const addresses = Array.from(
      { length: 40 },
      (_, n) => `of-${stage.partner.id.slice(-6)}-${n + 10}@customer${(n + 10) % 50}.example`,
    );
    const file = Buffer.from(['email', ...addresses].join('\n'));
    await stage.vendor.editor
      .post('/api/v1/vendor-suppressions/import')
      .attach('file', file, { filename: 'left.csv', contentType: 'text/csv' })
      .expect(200);
    expect(await countedNow()).toEqual(before);
    const rows = await stage.api.asOwner<{ n: number }>(
      `SELECT count(*)::int AS n FROM contacts.keyed_suppression WHERE scope = 'vendor' AND source = 'staff'`,
    );
    expect(rows[0]?.n).toBe(40);
    // Control: a statement of the people themselves changes the counts.
    await stage.api.asOwner(`ALTER TABLE contacts.keyed_suppression DISABLE ROW LEVEL SECURITY`);
    await stage.api.asOwner(`UPDATE contacts.keyed_suppression SET source = 'person' WHERE scope = 'vendor'`);
    await stage.api.asOwner(`ALTER TABLE contacts.keyed_suppression ENABLE ROW LEVEL SECURITY`);
    expect(await countedNow()).not.toEqual(before);
  });

  it('is of the vendor’s own programme and version alone, and of no partner by name', async () => {
    const other = await stage.api.aVendor();
    const stranger = await stage.api.signIn(other.vendorId, 'marketer');
    await stranger.get(pathOf(version)).expect(404);
    await stranger.post(pathOf(version)).expect(404);
    await stage.partner.owner.get(pathOf(version)).expect(403);
    await stage.vendor.approver.post(pathOf(version)).expect(403);
    const text = JSON.stringify(await stateOf(version));
    for (const { id } of partners) expect(text).not.toContain(id);
    expect(text).not.toContain('customer');
  });
});
