import { VersionNotifications } from '#activations';
import type { Browser } from '../support/api.js';
import { type UploadedVersion, wholeCampaign } from '../support/campaigns.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';

interface Letter {
  readonly recipient: string;
  readonly subject: string;
  readonly body_text: string;
}

describe('the news of a newer version', () => {
  let stage: TestProduct;
  let names = 0;

  beforeAll(async () => {
    stage = await openTestProduct();
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(() => stage.close());

  const aCampaign = (): Promise<UploadedVersion> => stage.anotherCampaign();
  /** Another version of it, with another word in its welcome mail. */
  const publishNext = async (
    { campaignId }: UploadedVersion,
    changes: { tiers?: string[]; opensOn?: string } = {},
  ): Promise<UploadedVersion> => {
    const { tiers, opensOn = stage.day(0) } = changes;
    const { editor, approver, groupId } = stage.vendor;
    const { body: campaign } = await editor.get(`/api/v1/campaigns/${campaignId}`).expect(200);
    const { name, versions } = campaign as { name: string; versions: readonly unknown[] };
    const zip = await wholeCampaign(name, undefined, {}, (welcome) =>
      welcome.replace(
        '</mj-body>',
        `<mj-section><mj-column><mj-text>${names++}</mj-text></mj-column></mj-section></mj-body>`,
      ),
    );
    const { body } = await editor
      .post(`/api/v1/campaigns/${campaignId}/versions`)
      .attach('package', zip, 'next.zip')
      .expect(201);
    const number = versions.length + 1;
    expect(body).toMatchObject({ campaignId, number });
    const path = `/api/v1/campaigns/${campaignId}/versions/${number}`;
    await editor.post(`${path}/submit`).expect(200);
    await approver.post(`${path}/approve`).expect(200);
    const group = { name: `Tiers ${names++}`, rule: { tiers } };
    const offeredTo =
      tiers === undefined
        ? groupId
        : ((await editor.post('/api/v1/partner-groups', group).expect(201)).body as { id: string }).id;
    await editor
      .post(`${path}/publish`, { partnerGroupIds: [offeredTo], opensOn, closesOn: stage.day(300) })
      .expect(200);
    return { campaignId, versionId: (body as { id: string }).id, path };
  };
  const runs = ({ versionId }: UploadedVersion, by: Browser = stage.partner.owner) =>
    stage.running(by, { versionId, startAt: stage.inDays(20) });
  const told = async (): Promise<Letter[]> => {
    await stage.api.app.get(VersionNotifications, { strict: false }).notifyDue();
    return stage.api.asOwner<Letter>(
      `DELETE FROM identity.system_mail WHERE subject LIKE 'Version %' RETURNING recipient, subject, body_text`,
    );
  };

  it('comes once to the address on the brand profile of who runs an older one, with the way to it', async () => {
    const first = await aCampaign();
    await runs(first);
    const { id } = await runs(first);
    expect(await told()).toEqual([]);
    await publishNext(first);
    const [letter, ...more] = await told();
    expect(more).toEqual([]);
    expect(letter).toMatchObject({ recipient: 'bea@brightwater.example' });
    expect(letter?.subject).toMatch(/^Version 2 of “.+” is out$/);
    expect(letter?.body_text).toContain('What is different: e-mails.');
    expect(letter?.body_text).toContain(`/activations/${id}\n`);
    expect(await told()).toEqual([]);
  });

  it('stands on the activation until it is over, and the vendor sees how many run which version', async () => {
    const first = await aCampaign();
    const { id, path } = await runs(first);
    const newerVersion = async (): Promise<unknown> =>
      (await stage.partner.owner.get(path).expect(200)).body.newerVersion;
    expect(await newerVersion()).toBeNull();
    await publishNext(first, { tiers: ['no such tier'] });
    expect(await newerVersion()).toBeNull();
    await publishNext(first);
    expect(await newerVersion()).toBe(3);
    const { editor } = stage.vendor;
    const { body: campaign } = await editor.get(`/api/v1/campaigns/${first.campaignId}`).expect(200);
    const running = (campaign.versions as { number: number; partnersRunning: number }[]).map(
      ({ number, partnersRunning }) => [number, partnersRunning],
    );
    expect(running).toEqual([
      [3, 0],
      [2, 0],
      [1, 1],
    ]);
    const { body: activations } = await editor.get(`/api/v1/campaigns/${first.campaignId}/activations`).expect(200);
    expect(activations.items).toEqual([expect.objectContaining({ id, versionNumber: 1 })]);
    await stage.partner.owner.post(`${path}/stop`, {}).expect(200);
    expect(await newerVersion()).toBeNull();
  });

  it('comes on the day the newer one opens', async () => {
    const first = await aCampaign();
    await runs(first);
    await publishNext(first, { opensOn: stage.day(2) });
    expect(await told()).toEqual([]);
    stage.api.clock.advance(2 * 86_400_000);
    expect(await told()).toHaveLength(1);
  });

  it('does not come to who has stopped, runs another campaign, or may not launch the newer one', async () => {
    const [first, other] = [await aCampaign(), await aCampaign()];
    const { path } = await runs(first);
    await stage.partner.owner.post(`${path}/stop`).expect(200);
    await runs(other);
    await publishNext(first);
    await publishNext(other, { tiers: ['platinum'] });
    expect(await told()).toEqual([]);
  });

  it('does not come of a version that was taken back before it opened', async () => {
    const first = await aCampaign();
    await runs(first);
    const next = await publishNext(first, { opensOn: stage.day(1) });
    await stage.vendor.editor.post(`/api/v1/campaigns/${next.campaignId}/retire`).expect(200);
    stage.api.clock.advance(86_400_000);
    expect(await told()).toEqual([]);
  });
});
