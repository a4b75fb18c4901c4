import { CampaignNews, VersionNotifications } from '#activations';
import { publish, wholeCampaign } from '../support/campaigns.js';
import { openTestProduct, type TestPartner, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const DAY_MS = 86_400_000;

interface Letter {
  readonly subject: string;
  readonly body_text: string;
}

describe('a reminder to partners', () => {
  let stage: TestProduct;
  let names = 0;

  beforeAll(async () => {
    stage = await openTestProduct();
    // The prepared campaign has opened, and no partner is told.
    await stage.api.app.get(VersionNotifications, { strict: false }).notifyDue();
    await stage.api.asOwner('UPDATE activations.campaign_news SET told_at = recorded_at');
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(() => stage.close());

  const aPartner = (): Promise<TestPartner> => stage.aCompletePartner(undefined, { name: `Idle ${names++}` });
  const remind = (partnerIds: readonly string[], message?: string) =>
    stage.vendor.editor.post('/api/v1/partners/reminders', {
      partnerIds,
      ...(message === undefined ? {} : { message }),
    });
  const letters = (): Promise<Letter[]> =>
    stage.api.asOwner<Letter>(
      `DELETE FROM identity.system_mail WHERE subject LIKE '%asks you to launch%' RETURNING subject, body_text`,
    );
  const letterSoon = async (): Promise<Letter[]> => {
    const found: Letter[] = [];
    await until(async () => {
      found.push(...(await letters()));
      return found.length > 0;
    }, 'the mail');
    return found;
  };
  const line = async (id: string): Promise<{ remindedAt: string | null }> => {
    const { body } = await stage.vendor.editor.get('/api/v1/partners?limit=200').expect(200);
    return body.items.find((one: { id: string }) => one.id === id);
  };

  it('comes once with the words of the vendor, and again after seven days', async () => {
    const { id } = await aPartner();
    const { body } = await remind([id], 'We help you with your first list.').expect(200);
    expect(body).toEqual({ reminded: [id], skipped: [] });
    const [letter, ...more] = await letterSoon();
    expect(more).toEqual([]);
    expect(letter?.body_text).toContain('We help you with your first list.');
    expect((await line(id)).remindedAt).not.toBeNull();
    const again = await remind([id]).expect(200);
    expect(again.body).toEqual({ reminded: [], skipped: [{ partnerId: id, reason: 'recently-reminded' }] });
    stage.api.clock.advance(8 * DAY_MS);
    expect((await remind([id]).expect(200)).body.reminded).toEqual([id]);
    await letterSoon();
    const { body: log } = await stage.vendor.approver.get('/api/v1/audit-entries?limit=1').expect(200);
    expect(log.items[0]).toMatchObject({ action: 'membership.reminded', details: { count: 1 } });
  });

  it('is not sent to partners that have launched all that is offered', async () => {
    const { id, owner } = await aPartner();
    const { body: offers } = await owner.get('/api/v1/offers').expect(200);
    for (const { versionId } of offers.items as { versionId: string }[])
      await stage.running(owner, { versionId, startAt: stage.inDays(20) });
    const { body } = await remind([id]).expect(200);
    expect(body).toEqual({ reminded: [], skipped: [{ partnerId: id, reason: 'nothing-to-launch' }] });
  });

  it('does not come before the mail about the new campaign', async () => {
    const { id, owner } = await aPartner();
    for (const { versionId } of (await owner.get('/api/v1/offers').expect(200)).body.items as { versionId: string }[])
      await stage.running(owner, { versionId, startAt: stage.inDays(20) });
    await publish(stage.vendor, await wholeCampaign('announced-first', 'Announced first.'), {
      partnerGroupIds: [stage.vendor.groupId],
      opensOn: stage.day(0),
      closesOn: stage.day(30),
    });
    const skipped = async () => (await remind([id]).expect(200)).body.skipped;
    const notAnnounced = [{ partnerId: id, reason: 'not-announced' }];
    expect(await skipped()).toEqual(notAnnounced);
    // Recorded, and not sent before five minutes have passed.
    await stage.api.app.get(VersionNotifications, { strict: false }).notifyDue();
    expect(await skipped()).toEqual(notAnnounced);
    await until(async () => {
      stage.api.clock.advance(DAY_MS);
      await stage.api.app.get(CampaignNews, { strict: false }).notifyDue();
      return (await skipped()).length === 0;
    }, 'the mail about the campaign');
    expect((await letterSoon()).map(({ body_text }) => body_text)).toEqual([
      expect.stringContaining('Announced first.'),
    ]);
  });

  it('is the invitation again for a partner that has not joined, at most once a day', async () => {
    const email = `ada-${names++}@slow.example`;
    const { body: partner } = await stage.vendor.editor
      .post('/api/v1/partners/invitations', {
        organisationName: 'Slow IT',
        email,
        countryCode: 'GB',
        tier: 'gold',
        region: 'emea',
      })
      .expect(201);
    const id = partner.id as string;
    const soon = await remind([id]).expect(200);
    expect(soon.body.skipped).toEqual([{ partnerId: id, reason: 'recently-reminded' }]);
    stage.api.clock.advance(2 * DAY_MS);
    expect((await remind([id]).expect(200)).body.reminded).toEqual([id]);
    await stage.vendor.editor.delete(`/api/v1/partners/${id}/invitation`).expect(204);
    expect((await remind([id]).expect(200)).body.skipped).toEqual([{ partnerId: id, reason: 'ended' }]);
  });

  it('stands beside the list of partners as a table', async () => {
    const { id } = await aPartner();
    const { text } = await stage.vendor.editor.get('/api/v1/partners/list.csv?progress=accepted').expect(200);
    expect(text).toMatch(new RegExp(`^${id},,Idle \\d+,GB,gold,\\w+,,active,.+,complete,no,\\r?$`, 'm'));
    expect(text).not.toContain(',yes,');
    const german = await stage.vendor.editor.get('/api/v1/partners/list.csv?language=de').expect(200);
    expect(german.text).toContain(
      'Externe ID;Partner;Land;Stufe;Region;Channel-Manager;Status;Eingeladen;Beigetreten;Markenprofil;Gestartet;',
    );
    expect(german.text).toMatch(/^;Idle \d+;GB;gold;\w+;;beigetreten;[-\d]{10} [:\d]{5};.+;vollständig;nein;\r?$/m);
  });
});
