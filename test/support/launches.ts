import type { Browser } from './api.js';
import { publish, smallCampaign, type UploadedVersion } from './campaigns.js';
import type { TestProduct } from './test-product.js';

let names = 0;

/**
 * Publishes a small campaign to a group of its own.
 * @param changes `tiers` of the group's partners, none: all partners; first and last day.
 */
export async function publishToGroup(
  stage: TestProduct,
  changes: { readonly tiers?: string[]; readonly opensOn?: string; readonly closesOn?: string } = {},
  campaign: (name: string) => Promise<Buffer> = smallCampaign,
): Promise<UploadedVersion> {
  const { tiers = [], opensOn = stage.day(0), closesOn = stage.day(200) } = changes;
  const group = { name: `Group ${names++}`, rule: { tiers } };
  const { body } = await stage.vendor.editor.post('/api/v1/partner-groups', group).expect(201);
  const window = { partnerGroupIds: [body.id as string], opensOn, closesOn };
  return publish(stage.vendor, await campaign(`campaign-${names++}`), window);
}

/** How many activations a partner has. */
export const countActivations = async (by: Browser): Promise<number> =>
  (await by.get('/api/v1/activations?limit=200').expect(200)).body.items.length;

/** Text of a slot, as the editor sends it. */
export const words = (text: string, changes: object = {}): object => ({
  kind: 'paragraphs',
  blocks: [[{ text, ...changes }]],
});
