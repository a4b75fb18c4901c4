import type { CampaignPackage } from '../package/campaign-package.js';
import { readDefinition } from './definition-reader.js';
import type { SourcePosition } from './yaml-source.js';

/** A link to an address outside the product. */
export interface OutwardLink extends SourcePosition {
  readonly name: string;
  readonly target: string;
}

/**
 * Links of `campaign.yaml` to external addresses. Links to pages, documents and
 * partners are not included.
 */
export function outwardLinks(pkg: CampaignPackage): readonly OutwardLink[] {
  const { read } = readDefinition(pkg.files.get('campaign.yaml') ?? Buffer.alloc(0));
  if (read === null) return [];
  return Object.entries(read.definition.links).flatMap(([name, link]) =>
    link.kind === 'target' ? [{ name, target: link.target, ...read.source.positionOf(['links', name, 'target']) }] : [],
  );
}
