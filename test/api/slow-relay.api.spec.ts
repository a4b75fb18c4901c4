import { systemActor } from '#kernel';
import { MembershipInvitations } from '#organisations';
import { SendingReports } from '#sequences';
import { publish, wholeCampaign } from '../support/campaigns.js';
import { aLargeList } from '../support/large-list.js';
import { type MailSink, openMailSink } from '../support/mail-sink.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

/**
 * More than are in hand at once, of the two chunks of two hundred that go at a
 * time.
 */
const PEOPLE = 1500;

describe('a vendor whose mail server is slow', () => {
  let stage: TestProduct;
  let slow: MailSink;
  let answer = (): void => undefined;

  beforeAll(async () => {
    const answers = new Promise<void>((resolve) => (answer = resolve));
    slow = await openMailSink(undefined, () => answers);
    stage = await openTestProduct({ RELAY_PRIVATE_NETWORKS: '127.0.0.1/32', INITIAL_HOLD_MINUTES: '0' });
    const owner = await stage.api.signIn(stage.vendor.vendorId, 'owner');
    await owner
      .post('/api/v1/relays', {
        name: 'Slow',
        host: '127.0.0.1',
        port: Number(new URL(slow.url).port),
        tls: 'opportunistic',
        username: null,
        priority: 10,
        connections: 4,
        enabled: true,
      })
      .expect(201);
    await stage.agreeToServers();
    stage.toWorkingHours();
  });
  afterAll(async () => {
    answer();
    await stage.close();
    await slow.close();
  });

  const notTaken = async (): Promise<number> =>
    (
      await stage.api.asOwner<{ n: number }>(
        `SELECT (SELECT count(*) FROM sequences.enrolment e WHERE e.partner_id = $1 AND e.state = 'waiting' AND NOT EXISTS (SELECT 1 FROM delivery.message m WHERE m.enrolment_id = e.id))::int AS n`,
        [stage.partner.id],
      )
    )[0]!.n;

  it('holds up nobody else, takes no more than it has in hand, and loses and repeats nothing', async () => {
    const crowd = await aLargeList(stage.api, stage.partner, PEOPLE, 'crowd');
    await stage.launch(stage.partner.owner, { versionId: stage.campaign.versionId, listId: crowd }).expect(201);
    await until(
      async () => (await stage.api.asOwner(`SELECT 1 FROM delivery.message WHERE state = 'releasing'`)).length >= 400,
      'two chunks in hand',
    );

    const other = await stage.api.aVendor();
    const desk = {
      editor: await stage.api.signIn(other.vendorId, 'marketer'),
      approver: await stage.api.signIn(other.vendorId, 'approver'),
    };
    const open = { partnerGroupIds: [other.groupId], opensOn: stage.day(0), closesOn: stage.day(300) };
    const campaign = await publish(desk, await wholeCampaign('another'), open);
    const few = await stage.aCompletePartner(other, { name: 'Few Ltd' });
    const list = await aLargeList(stage.api, few, 3, 'few');
    await stage.launch(few.owner, { versionId: campaign.versionId, listId: list }).expect(201);
    for (const n of [1, 2, 3])
      await until(() => stage.mails.to(`p${n}@few.example`).length === 1, 'mail by the other vendor’s server');
    expect(slow.mails).toHaveLength(0);
    // The same partner's mail for the other vendor stands behind a thousand
    // that the slow one cannot take.
    const invitations = stage.api.app.get(MembershipInvitations, { strict: false });
    const member = { programmeId: other.programmeId, partnerId: stage.partner.id, tier: 'gold', region: 'emea' };
    await invitations.invite(systemActor('seed'), member);
    await invitations.join(systemActor('seed'), stage.partner.id);
    const both = await aLargeList(stage.api, stage.partner, 3, 'both');
    await stage.launch(stage.partner.owner, { versionId: campaign.versionId, listId: both }).expect(201);
    for (const n of [1, 2, 3])
      await until(() => stage.mails.to(`p${n}@both.example`).length === 1, 'mail of the same partner');
    expect(slow.mails).toHaveLength(0);
    // What the slow one cannot take stays due, and is late by its own moment.
    expect(await notTaken()).toBeGreaterThan(0);
    const { backlog, oldestDueSeconds } = await stage.api.app
      .get(SendingReports, { strict: false })
      .figures(systemActor('figures'));
    expect(backlog).toBe(await notTaken());
    expect(oldestDueSeconds).toBeGreaterThan(5);

    answer();
    await until(() => slow.mails.length === PEOPLE, 'all mail by the slow server', 90_000);
    expect(slow.mails).toHaveLength(PEOPLE);
    expect(new Set(slow.mails.map(({ messageId }) => messageId)).size).toBe(PEOPLE);
  }, 300_000);
});
