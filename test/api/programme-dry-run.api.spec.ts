import type { DryRunView, ProgrammeDryRunView } from '#contracts';
import { publish, type UploadedVersion } from '../support/campaigns.js';
import { campaignOf, crowd, EIGHT_MAILS } from '../support/dry-run-agreement.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';

const PEOPLE = 120;

describe('a dry run in all partners’ contacts, for their vendor', () => {
  let stage: TestProduct;
  let version: UploadedVersion;
  const partners: TestProduct['partner'][] = [];

  beforeAll(async () => {
    stage = await openTestProduct();
    version = await aCampaign('programme-a');
  });
  afterAll(() => stage.close());

  const aCampaign = async (key: string): Promise<UploadedVersion> =>
    publish(stage.vendor, await campaignOf(EIGHT_MAILS, key), {
      partnerGroupIds: [stage.vendor.groupId],
      opensOn: stage.day(0),
      closesOn: stage.day(300),
    });
  const pathOf = ({ campaignId }: UploadedVersion): string =>
    `/api/v1/campaigns/${campaignId}/versions/1/programme-dry-run`;
  async function withContacts(partner: TestProduct['partner'], people: number): Promise<void> {
    const listId = await crowd(stage, partner, people, `of-${partner.id.slice(-6)}-`);
    await partner.owner.patch(`/api/v1/contact-lists/${listId}`, { isDefault: true }).expect(200);
    partners.push(partner);
  }
  const told = async (of: UploadedVersion): Promise<ProgrammeDryRunView> => {
    const { body } = await stage.vendor.editor.get(pathOf(of)).expect(200);
    return body as ProgrammeDryRunView;
  };
  const ownRun = async ({ owner }: TestProduct['partner']): Promise<DryRunView> => {
    const { body: lists } = await owner.get('/api/v1/contact-lists').expect(200);
    const list = (lists as { items: { id: string; isDefault: boolean }[] }).items.find(({ isDefault }) => isDefault);
    const { body } = await owner.post(`/api/v1/offers/${version.versionId}/dry-run`, { listId: list?.id }).expect(200);
    return body as DryRunView;
  };

  it('tells nothing of four', async () => {
    await withContacts(stage.partner, PEOPLE);
    for (let n = 0; n < 3; n += 1)
      await withContacts(await stage.aCompletePartner(stage.vendor, { name: `Partner ${n}` }), PEOPLE);
    const { run, isComplete, progress } = await told(await aCampaign('programme-four'));
    expect({ run, isComplete, progress }).toEqual({
      run: null,
      isComplete: true,
      progress: { partners: 4, of: 4 },
    });
  });

  it('adds up what each partner’s own dry run says, near enough and never exactly', async () => {
    for (let n = 0; n < 3; n += 1)
      await withContacts(await stage.aCompletePartner(stage.vendor, { name: `Later ${n}` }), PEOPLE * (n + 1));
    // Somebody without a default list is among the partners, and in no sum.
    await stage.aCompletePartner(stage.vendor, { name: 'Without a list' });
    const own = await Promise.all(partners.map(ownRun));
    const { run, progress } = await told(version);
    expect(progress).toEqual({ partners: 8, of: 8 });
    const sum = (of: (view: DryRunView) => number): number => own.reduce((total, view) => total + of(view), 0);
    const near = (about: number | null | undefined, true_: number): void => {
      expect(about).toBeGreaterThanOrEqual(Math.floor(true_ * 0.74));
      expect(about).toBeLessThanOrEqual(Math.ceil(true_ * 1.26));
    };
    near(
      run?.total,
      sum(({ total }) => total),
    );
    near(
      run?.reached,
      sum(({ reached }) => reached),
    );
    expect(run?.steps).toHaveLength(8);
    for (const { stepKey, willGet, skipped } of run?.steps ?? []) {
      const stepOf = (view: DryRunView) => view.steps.find((step) => step.stepKey === stepKey);
      near(
        willGet,
        sum((view) => stepOf(view)?.willGet ?? 0),
      );
      for (const { reason, count } of skipped)
        near(
          count,
          sum((view) => stepOf(view)?.skipped.find((one) => one.reason === reason)?.count ?? 0),
        );
    }
    expect(run?.steps[0]?.skipped.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['consent-unknown', 'suppressed']),
    );
  });

  it('does not change when it is asked again, so that asking often tells no more', async () => {
    const [first, second] = [await told(version), await told(version)];
    expect(second).toEqual(first);
    expect(first.run).not.toBeNull();
  });

  it('is of the vendor’s own programme and version alone, and of nobody by name', async () => {
    const other = await stage.api.aVendor();
    const stranger = await stage.api.signIn(other.vendorId, 'marketer');
    await stranger.get(pathOf(version)).expect(404);
    await stage.partner.owner.get(pathOf(version)).expect(403);
    const text = JSON.stringify(await told(version));
    for (const { id } of partners) expect(text).not.toContain(id);
    expect(text).not.toContain('customer');
  });
});
