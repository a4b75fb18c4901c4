import type { CampaignId } from '#kernel';
import type { ReleaseKind } from '#release';
import { RESULT_TABLES, type ResultTableName } from './contribution.js';

const NAMES: readonly ResultTableName[] = ['sent', 'bounced', 'responses', 'partsSent', 'partsClicked'];

/**
 * What a release is of.
 * @returns null for a release that is no result of a campaign.
 */
export function readSubject(
  kind: ReleaseKind,
  subject: string,
): { readonly table: ResultTableName; readonly campaignId: CampaignId } | null {
  const [campaignId = '', name] = subject.split(' ');
  const table = NAMES.find((one) => one === name && RESULT_TABLES[one].kind === kind);
  return table === undefined ? null : { table, campaignId: campaignId as CampaignId };
}
