import { copyOf, type Texts } from '../builder/email-copy';
import { declarationsOf, linkNames } from '../new-files';
import { freeWord } from '../sequence/steps';
import { changeYaml, readYamlOnly } from '../yaml-file';
import { keyOf, withCopies } from './posts';

const CAMPAIGN = 'campaign.yaml';

/** Why a document cannot have this title. */
export type DocumentFault = 'unreadable' | 'empty' | 'taken';

export function documentFault(texts: Texts, title: string): DocumentFault | null {
  const file = readYamlOnly(texts[CAMPAIGN] ?? '');
  if (!file.ok) return 'unreadable';
  const key = keyOf(title);
  if (key === '') return 'empty';
  return file.document.hasIn(['documents', key]) ? 'taken' : null;
}

/** The title of a document in the first language that has it; null: none has. */
export function titleOfDocument(texts: Texts, key: string, locales: readonly string[]): string | null {
  const file = readYamlOnly(texts[CAMPAIGN] ?? '');
  const title: unknown = file.ok ? file.document.getIn(['documents', key, 'title']) : null;
  if (typeof title !== 'string') return null;
  return locales.map((locale) => copyOf(texts, locale).get(title)).find((text) => text !== undefined) ?? null;
}

/** Links have letters and digits only: `price-list` as `priceList`. */
const linkName = (key: string): string => key.replaceAll(/-([a-z0-9])/g, (_, first: string) => first.toUpperCase());

/** Whether readers get the document only after they sent the form of the page. */
export function requiresForm(campaign: string, key: string): boolean {
  const file = readYamlOnly(campaign);
  return file.ok && file.document.getIn(['documents', key, 'requiresForm']) === true;
}

interface WrittenPages {
  readonly pages?: Readonly<Record<string, { readonly form?: unknown } | null>>;
}

/** Whether `campaign.yaml` has a page with a form. */
export function hasPageForm(campaign: string): boolean {
  const file = readYamlOnly(campaign);
  const written = (file.ok ? file.document.toJSON() : null) as WrittenPages | null;
  return Object.values(written?.pages ?? {}).some((page) => page?.form != null);
}

export const withRequiredForm = (campaign: string, key: string, isRequired: boolean): Texts => ({
  [CAMPAIGN]: changeYaml(campaign, (document) => {
    const path = ['documents', key, 'requiresForm'];
    if (isRequired) document.setIn(path, true);
    else document.deleteIn(path);
  }),
});

export const documentFile = (key: string): string => `documents/${key}.pdf`;

/**
 * Adds a document for all languages: its entry and a link to it in
 * `campaign.yaml`, and its title in each catalogue.
 */
export function withDocument(texts: Texts, title: string): Texts {
  const key = keyOf(title);
  const titleKey = `documents.${key}`;
  const link = freeWord(linkNames(texts), linkName(key), '');
  const campaign = changeYaml(texts[CAMPAIGN] ?? '', (document) => {
    const entry = { source: documentFile(key), title: titleKey };
    document.setIn(['documents', key], document.createNode(entry, { flow: true }));
    document.setIn(['links', link], document.createNode({ document: key }, { flow: true }));
  });
  return {
    [CAMPAIGN]: campaign,
    ...withCopies(texts, declarationsOf(texts).locales, () => ({ [titleKey]: title })),
  };
}
