import { CampaignNews, VersionNotifications } from '#activations';
import { publish, wholeCampaign } from '../support/campaigns.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const PARTNERS = 5_000;
/** From the first statement until the mail server has accepted the last e-mail. */
const PROMISED_MS = 60_000;
const MINUTE_MS = 60_000;

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
  }, 120_000);
  afterAll(() => stage.close());

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
