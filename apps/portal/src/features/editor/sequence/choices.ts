import { type Document, isMap, isScalar, isSeq } from 'yaml';
import { copyTable } from '../copy-table';
import { readYaml } from '../yaml-file';
import { readSteps, type WrittenStep } from './steps';

/** Names that the steps of a campaign can use. */
export interface Choices {
  /** Languages of the campaign. */
  readonly locales: readonly string[];
  readonly emails: readonly string[];
  readonly posts: readonly string[];
  readonly links: readonly string[];
  readonly pages: readonly string[];
  readonly documents: readonly string[];
  readonly steps: readonly WrittenStep[];
  /** Keys of the copy. */
  readonly texts: readonly string[];
}

/** @param catalogue the copy in the campaign's first language. */
export function choicesOf(campaignYaml: string, catalogue: string): Choices {
  const file = readYaml(campaignYaml);
  const names = (field: string): string[] => {
    const map = file.ok ? file.document.get(field) : undefined;
    return isMap(map) ? map.items.flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : [])) : [];
  };
  return {
    locales: file.ok ? localesOf(file.document) : [],
    emails: names('emails'),
    posts: names('social'),
    links: names('links'),
    pages: names('pages'),
    documents: names('documents'),
    steps: readSteps(campaignYaml) ?? [],
    texts: copyTable({ catalogue }).rows.map(({ key }) => key),
  };
}

/** Languages of a campaign; none while their list is being written. */
export function localesOf(campaign: Document): string[] {
  const list = campaign.get('locales');
  return isSeq(list)
    ? list.items.flatMap((item) => (isScalar(item) && typeof item.value === 'string' ? [item.value] : []))
    : [];
}
