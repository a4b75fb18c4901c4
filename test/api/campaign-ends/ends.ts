import { publish, type UploadedVersion, wholeCampaign } from '../../support/campaigns.js';
import { stage } from '../../support/suite-product.js';
import { unique } from '../../support/unique.js';
import { until } from '../../support/until.js';

export interface Ending {
  readonly campaignId: string;
  readonly partnerId: string;
}

/** A transaction that waits for a lock by name. */
export const WAITS = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND pid IN (
  SELECT pid FROM pg_stat_activity WHERE datname = current_database())`;

export const published = async (): Promise<UploadedVersion> =>
  publish(stage.vendor, await wholeCampaign(`end-${unique()}`), {
    partnerGroupIds: [stage.vendor.groupId],
    opensOn: stage.day(0),
    closesOn: stage.day(9),
  });
export const running = async ({ versionId }: UploadedVersion) => {
  const { path } = await stage.running(stage.partner.owner, { versionId, startAt: stage.inDays(5) });
  const assets = async () => (await stage.partner.owner.get(`${path}/assets`).expect(200)).body;
  await until(async () => (await assets()).coming === 0, 'its files');
  return { path, assets };
};
