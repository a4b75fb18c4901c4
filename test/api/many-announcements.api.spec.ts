import { CampaignNews, VersionNotifications } from '#activations';
import { type PartnerId, systemActor } from '#kernel';
import { PartnerGroups } from '#organisations';
import { publish, wholeCampaign } from '../support/campaigns.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const PARTNERS = 5_000;
/** From the first statement until the mail server has accepted the last e-mail. */
const PROMISED_MS = 60_000;
const MINUTE_MS = 60_000;
/** Of each screen that a vendor with so many partners opens. */
const SCREEN_MS = 1_000;
const IMPORT_MS = 20_000;
/** Partners that the naive way is measured with. */
const SAMPLE = 20;

describe('a new campaign for five thousand partners', () => {
  let stage: TestProduct;

  beforeAll(async () => {
    // As the scheduler of a distributed installation.
    stage = await openTestProduct({}, { notifications: 2 });
    stage.toWorkingHours();
    const { vendorId, programmeId } = stage.vendor;
    await stage.api.asOwner(
      `WITH partner AS (
         INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at)
         SELECT gen_random_uuid(), 'partner', 'Partner ' || n, 'crowd-' || n, 'GB', 'Europe/London', now()
         FROM generate_series(1, ${PARTNERS}) n RETURNING id, slug),
       member AS (
         INSERT INTO organisations.membership (id, programme_id, vendor_id, partner_id, tier, region, status, invited_at, joined_at)
         SELECT gen_random_uuid(), '${programmeId}', '${vendorId}', id, 'gold', 'UK', 'active', now(), now() FROM partner),
       person AS (
         INSERT INTO identity.user_account (id, email, name, locale, created_at)
         SELECT gen_random_uuid(), slug || '@crowd.example', 'Owner of ' || slug, 'en', now() FROM partner RETURNING id, email)
       INSERT INTO identity.assignment (user_id, organisation_id, role, created_at)
       SELECT person.id, partner.id, 'owner', now() FROM person JOIN partner ON person.email = partner.slug || '@crowd.example'`,
    );
    // As autovacuum does within a minute.
    await stage.api.asOwner('ANALYZE');
  }, 120_000);
  afterAll(() => stage.close());

  const median = async (work: () => Promise<unknown>): Promise<number> => {
    const times: number[] = [];
    for (let n = 0; n < 5; n += 1) {
      const from = performance.now();
      await work();
      times.push(performance.now() - from);
    }
    return times.sort((a, b) => a - b)[2]!;
  };
  const say = (line: string): void => void process.stdout.write(`${line}\n`);

  it.each([
    ['groups with their sizes', () => stage.vendor.editor.get('/api/v1/partner-groups')],
    [
      'count and preview of a rule',
      () => stage.vendor.editor.post('/api/v1/partner-groups/size', { rule: { tiers: ['gold'] } }),
    ],
    [
      'count and preview of the people of a newsletter',
      () => stage.vendor.editor.post('/api/v1/newsletters/audience', { groupIds: [], roles: ['owner'] }),
    ],
    ['first page of the directory', () => stage.vendor.editor.get('/api/v1/partners?limit=50')],
    ['search in the directory', () => stage.vendor.editor.get('/api/v1/partners?limit=50&q=Partner%2049')],
    ['filter of the directory', () => stage.vendor.editor.get('/api/v1/partners?limit=50&progress=accepted')],
    ['progress of all partners', () => stage.vendor.editor.get('/api/v1/partners/progress')],
  ])('shows %s within a second', async (name, request) => {
    const took = await median(() => request().expect(200));
    say(`${PARTNERS} partners: ${name} in ${took.toFixed(0)} ms`);
    expect(took).toBeLessThan(SCREEN_MS);
  });

  it('answers a rule for all partners at once, not for each', async () => {
    const groups = stage.api.app.get(PartnerGroups, { strict: false });
    const rows = await stage.api.asOwner<{ id: PartnerId }>(
      `SELECT id FROM organisations.organisation WHERE slug LIKE 'crowd-%' LIMIT ${SAMPLE}`,
    );
    const one = await median(async () => {
      for (const { id } of rows) await groups.groupsOf(systemActor('bench', { partnerId: id }), id);
    });
    const all = await median(() =>
      stage.vendor.editor.post('/api/v1/partner-groups/size', { rule: { tiers: ['gold'] } }).expect(200),
    );
    const naive = (one / SAMPLE) * PARTNERS;
    say(
      `groups: ${all.toFixed(0)} ms at once, ${naive.toFixed(0)} ms partner by partner: ${(naive / all).toFixed(0)} times`,
    );
    expect(naive).toBeGreaterThan(all);
  });

  it('imports as many new partners in a few seconds', async () => {
    const partners = (from: number, count: number) =>
      Array.from({ length: count }, (_, n) => ({
        externalId: `IMP-${from + n}`,
        organisationName: `Imported ${from + n}`,
        email: `owner@imported-${from + n}.example`,
        countryCode: 'GB',
        tier: 'gold',
        region: 'UK',
      }));
    const timed = async (rows: readonly object[]): Promise<number> => {
      const began = performance.now();
      const { body } = await stage.vendor.editor.post('/api/v1/partners/upsert', { partners: rows });
      expect(body).toHaveProperty('rows');
      return performance.now() - began;
    };
    const all = await timed(partners(0, PARTNERS));
    let single = 0;
    for (let n = 0; n < SAMPLE; n += 1) single += await timed(partners(PARTNERS + n, 1));
    const naive = (single / SAMPLE) * PARTNERS;
    say(
      `import of ${PARTNERS}: ${(all / 1000).toFixed(1)} s, one request each ${(naive / 1000).toFixed(0)} s: ${(naive / all).toFixed(0)} times`,
    );
    expect(all).toBeLessThan(IMPORT_MS);
  }, 200_000);

  it('is announced to each of them by one e-mail within a minute', async () => {
    await publish(stage.vendor, await wholeCampaign('crowd'), {
      partnerGroupIds: [stage.vendor.groupId],
      opensOn: stage.day(0),
      closesOn: stage.day(60),
    });
    const began = performance.now();
    await stage.api.app.get(VersionNotifications, { strict: false }).notifyDue();
    const recorded = performance.now();
    stage.api.clock.advance(6 * MINUTE_MS);
    const news = stage.api.app.get(CampaignNews, { strict: false });
    while (await news.notifyDue());
    const posted = performance.now();
    const seconds = (from: number, to: number): string => ((to - from) / 1000).toFixed(1);
    process.stdout.write(
      `${PARTNERS} announcements: recorded in ${seconds(began, recorded)} s, e-mails written in ${seconds(recorded, posted)} s\n`,
    );
    // One e-mail has all campaigns that the partner has not been told of.
    const arrived = (): string[] =>
      stage.mails.mails
        .flatMap(({ to }) => [to].flat().map((header) => header?.text ?? ''))
        .filter((address) => address.includes('@crowd.example'));
    await until(() => arrived().length >= PARTNERS, 'all e-mails', 3 * PROMISED_MS);
    const done = performance.now();
    process.stdout.write(`${PARTNERS} announcements: accepted by the mail server after ${seconds(began, done)} s\n`);
    expect(arrived().length).toBe(PARTNERS);
    expect(new Set(arrived()).size).toBe(PARTNERS);
    expect(done - began).toBeLessThan(PROMISED_MS);
  }, 300_000);
});
