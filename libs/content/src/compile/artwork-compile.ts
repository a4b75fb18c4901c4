import type { SourceProblem } from '#kernel';
import type { CampaignDefinition } from '../definition/campaign-definition.js';
import type { Catalogue } from '../definition/catalogue.js';
import type { CampaignPackage } from '../package/campaign-package.js';
import type { CompiledDocument, CompiledPost, KeepBlob } from './compiled-campaign.js';

export async function compileArtwork(
  _definition: CampaignDefinition,
  _pkg: CampaignPackage,
  _catalogues: readonly Catalogue[],
  _keep: KeepBlob,
): Promise<{ documents: CompiledDocument[]; social: CompiledPost[]; problems: SourceProblem[]; usedKeys: string[] }> {
  return { documents: [], social: [], problems: [], usedKeys: [] };
}
