import { isMap } from 'yaml';
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
    return isMap(map) ? Object.keys(map.toJSON() as object) : [];
  };
  const { locales = [] } = ((file.ok ? file.document.toJS() : null) as { locales?: string[] } | null) ?? {};
  return {
    locales,
    emails: names('emails'),
    posts: names('social'),
    links: names('links'),
    pages: names('pages'),
    documents: names('documents'),
    steps: readSteps(campaignYaml) ?? [],
    texts: copyTable({ catalogue }).rows.map(({ key }) => key),
  };
}
