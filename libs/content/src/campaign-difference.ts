import type { CompiledCampaign } from './compile/compiled-campaign.js';

/** What became of an e-mail, a page, a document or a post from one version to another. */
interface PartDifference {
  readonly key: string;
  readonly change: 'new' | 'changed' | 'gone';
}

/** In what two versions differ, for whoever runs the first and is offered the second. */
export interface CampaignDifference {
  readonly emails: readonly PartDifference[];
  readonly pages: readonly PartDifference[];
  readonly documents: readonly PartDifference[];
  readonly social: readonly PartDifference[];
  /** Steps, times, or what ends them. */
  readonly sequence: boolean;
}

/** Compares what was compiled: what differs in the package and comes to nobody is no difference. */
export function differenceBetween(before: CompiledCampaign, after: CompiledCampaign): CampaignDifference {
  const parts = (of: (campaign: CompiledCampaign) => readonly { readonly key: string }[]): PartDifference[] =>
    partsThatDiffer(
      of(before).map((part) => [part.key, looksOf(part, before)]),
      of(after).map((part) => [part.key, looksOf(part, after)]),
    );
  return {
    emails: parts(({ emails }) => emails),
    pages: parts(({ pages }) => pages),
    documents: parts(({ documents }) => documents),
    social: parts(({ social }) => social),
    sequence: JSON.stringify(before.definition.sequence) !== JSON.stringify(after.definition.sequence),
  };
}

type Named = readonly [key: string, looks: string];

function partsThatDiffer(before: readonly Named[], after: readonly Named[]): PartDifference[] {
  const [old, now] = [new Map(before), new Map(after)];
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((key): PartDifference[] => {
    if (!old.has(key)) return [{ key, change: 'new' }];
    if (!now.has(key)) return [{ key, change: 'gone' }];
    return old.get(key) === now.get(key) ? [] : [{ key, change: 'changed' }];
  });
}

/** A part with the pictures that it shows: masters name their paths only. */
function looksOf(part: { readonly key: string }, { images }: CompiledCampaign): string {
  const text = JSON.stringify(part);
  const shown = Object.entries(images).filter(([path]) => text.includes(JSON.stringify(path).slice(1, -1)));
  return JSON.stringify([text, shown.map(([path, { hash }]) => [path, hash])]);
}
