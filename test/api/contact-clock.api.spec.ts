import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const [HOUR_MS, DAY_MS] = [3_600_000, 86_400_000];

/** @returns the hour on the wall of a zone, 0 to 23. */
const hourIn = (timeZone: string, at: Date): number =>
  Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(at));

describe('somebody whose clock changes after the launch', () => {
  let stage: TestProduct;

  beforeAll(async () => {
    stage = await openTestProduct();
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(() => stage.close());

  const enrolled = async (id: string) =>
    stage.api.asOwner<{ email: string; contactId: string; dueAt: Date; zone: string; source: string; country: string }>(
      `SELECT c.email, c.id AS "contactId", e.due_at AS "dueAt", e.time_zone AS zone, e.time_zone_source AS source, e.country
       FROM sequences.enrolment e JOIN contacts.contact c ON c.id = e.contact_id WHERE e.activation_id = $1 ORDER BY c.email`,
      [id],
    );

  it('gets the next e-mail by the new one, in its hours, and the others as planned', async () => {
    const { owner } = stage.partner;
    const berlin = { timeZone: 'Europe/Berlin', country: 'DE' };
    const { id: listId, emails } = await stage.aList(owner, [berlin, berlin]);
    const [stays, moves] = emails as [string, string];
    const startAt = stage.inDays(7);
    const { body } = await stage.launch(owner, { versionId: stage.campaign.versionId, listId, startAt }).expect(201);
    const { id } = body as { id: string };
    await until(async () => (await enrolled(id)).length === 2, 'both enrolled');
    const planned = (await enrolled(id)).find(({ email }) => email === moves)!;
    expect(planned).toMatchObject({ zone: 'Europe/Berlin', source: 'contact', country: 'DE' });

    const path = `/api/v1/contacts/${planned.contactId}`;
    await owner.patch(path, { timeZone: 'Pacific/Auckland', country: 'NZ' }).expect(200);
    // The middle of a working day in Berlin is the middle of the night in
    // Auckland.
    stage.api.clock.advance(planned.dueAt.getTime() - stage.api.clock.now().getTime() + HOUR_MS);
    await stage.mailTo(stays);
    await until(
      async () => (await enrolled(id)).some(({ zone }) => zone === 'Pacific/Auckland'),
      'the new clock to be looked at',
    );
    expect((await enrolled(id)).find(({ email }) => email === moves)).toMatchObject({
      source: 'contact',
      country: 'NZ',
    });
    const waits = async () =>
      (
        await stage.api.asOwner<{ reason: string; retryAt: Date }>(
          `SELECT reason, retry_at AS "retryAt" FROM delivery.message WHERE activation_id = $1 AND state = 'planned'`,
          [id],
        )
      )[0];
    await until(async () => (await waits())?.reason === 'outside-window', 'the message to wait');
    expect(stage.mails.to(moves)).toHaveLength(0);
    const { retryAt } = (await waits())!;
    const hour = hourIn('Pacific/Auckland', retryAt);
    expect(hour).toBeGreaterThanOrEqual(8);
    expect(hour).toBeLessThan(18);
    expect(retryAt.getTime() - stage.api.clock.now().getTime()).toBeLessThan(4 * DAY_MS);

    stage.api.clock.advance(retryAt.getTime() - stage.api.clock.now().getTime() + 1000);
    await stage.mailTo(moves);
    expect((await stage.mailTo(stays)).length).toBe(1);
  }, 300_000);
});
