import { freePort } from '../../apps/standalone/src/embedded-postgres.js';
import type { SendingSettings } from '#contracts';
import type { Browser } from '../support/api.js';
import { aBounce, aComplaint, InboundMail } from '../support/inbound-mail.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

/**
 * The relay takes everything; what is wrong with a list comes back by mail,
 * minutes later.
 */
describe('reports that come when the mail is out', () => {
  let stage: TestProduct;
  let office: InboundMail;
  let people = 0;

  beforeAll(async () => {
    const port = await freePort();
    stage = await openTestProduct({ INBOUND_SMTP_PORT: String(port) });
    office = new InboundMail(port);
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(async () => {
    await office.close();
    await stage.close();
  });

  const launchTo = async (by: Browser, count: number): Promise<readonly string[]> => {
    const contacts = Array.from({ length: count }, () => ({ email: `late${people++}@customer.example` }));
    const { id, emails } = await stage.aList(by, contacts);
    await stage.launch(by, { versionId: stage.campaign.versionId, listId: id }).expect(201);
    return emails;
  };
  /** Launches, and waits until all of it is out and written down. */
  const sentTo = async (partnerId: string, by: Browser, count: number): Promise<readonly string[]> => {
    const emails = await launchTo(by, count);
    const out = async (): Promise<boolean> =>
      (
        await stage.api.asOwner<{ n: number }>(
          `SELECT count(*)::int AS n FROM delivery.message WHERE partner_id = $1 AND state = 'accepted'`,
          [partnerId],
        )
      )[0]!.n === count;
    await until(out, 'all of it to be out');
    return emails;
  };
  const stopsOf = async (by: Browser): Promise<SendingSettings['stops']> =>
    ((await by.get('/api/v1/sending').expect(200)).body as SendingSettings).stops;
  const mailOf = (email: string) => stage.mails.to(email)[0]!;

  it('stop a partner of whose people three in sixty complain, and nobody else', async () => {
    const [bad, good] = [await stage.aCompletePartner(), await stage.aCompletePartner()];
    const emails = await sentTo(bad.id, bad.owner, 60);
    const complain = (email: string): Promise<unknown> =>
      office.deliver(
        'fbl@mail.throughline.example',
        aComplaint(mailOf(email).messageId!.slice(1, -1)),
        'fbl@provider.example',
      );
    await complain(emails[0]!);
    await complain(emails[1]!);
    expect(await stopsOf(bad.owner)).toEqual([]);
    await complain(emails[2]!);
    expect(await stopsOf(bad.owner)).toMatchObject([{ cause: 'complaints', bad: 3, submitted: 60 }]);

    const more = await launchTo(bad.owner, 5);
    const [theirs] = await sentTo(good.id, good.owner, 1);
    expect(stage.mails.to(theirs!)).toHaveLength(1);
    expect(more.flatMap((email) => stage.mails.to(email))).toEqual([]);
    expect(await stopsOf(good.owner)).toEqual([]);
  });

  it('stop a partner of whose addresses eight in a hundred turn out to be dead, and nobody else', async () => {
    const [bad, good] = [await stage.aCompletePartner(), await stage.aCompletePartner()];
    const emails = await sentTo(bad.id, bad.owner, 100);
    const bounce = (email: string): Promise<unknown> =>
      office.deliver(
        stage.mails.returnPathTo(email),
        aBounce({ to: email, action: 'failed', status: '5.1.1', said: '550 no such user' }),
      );
    for (const email of emails.slice(0, 7)) await bounce(email);
    expect(await stopsOf(bad.owner)).toEqual([]);
    await bounce(emails[7]!);
    expect(await stopsOf(bad.owner)).toMatchObject([{ cause: 'bounces', bad: 8, submitted: 100 }]);

    const more = await launchTo(bad.owner, 5);
    const [theirs] = await sentTo(good.id, good.owner, 1);
    expect(stage.mails.to(theirs!)).toHaveLength(1);
    expect(more.flatMap((email) => stage.mails.to(email))).toEqual([]);
    expect(await stopsOf(good.owner)).toEqual([]);
  });
});
