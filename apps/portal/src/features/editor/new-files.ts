import { hasBuiltInText, type TemplateType } from '#contracts';
import { withLanguage, withoutLanguage } from '#template-source';
import { isMap, isScalar } from 'yaml';
import { catalogueOf } from './copy-table';
import { changeYaml, readYaml, readYamlOnly } from './yaml-file';

const CAMPAIGN = 'campaign.yaml';

type Texts = Readonly<Record<string, string>>;
/** As `EditSession.write` takes them. */
export type NewTexts = Readonly<Record<string, string | null>>;

/**
 * E-mails, pages and locales that `campaign.yaml` declares; empty if it cannot
 * be read.
 */
export function declarationsOf(texts: Texts): Record<'emails' | 'pages' | 'locales', string[]> {
  const file = readYamlOnly(texts[CAMPAIGN] ?? '');
  const read = (file.ok ? file.document.toJS() : null) as Record<string, unknown> | null;
  const keys = (field: string): string[] => Object.keys(read?.[field] ?? {});
  const locales = read?.['locales'];
  return { emails: keys('emails'), pages: keys('pages'), locales: Array.isArray(locales) ? locales.map(String) : [] };
}

/** Names of the links that `campaign.yaml` declares. */
export function linkNames(texts: Texts): string[] {
  const file = readYamlOnly(texts[CAMPAIGN] ?? '');
  const links = file.ok ? file.document.get('links') : null;
  return isMap(links) ? links.items.flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : [])) : [];
}

/** The template of an e-mail or page. */
export function templateOf(texts: Texts, kind: TemplateType, key: string): string {
  const file = readYamlOnly(texts[CAMPAIGN] ?? '');
  const source = file.ok ? file.document.getIn([`${kind}s`, key, 'source']) : undefined;
  if (typeof source === 'string') return source;
  return kind === 'email' ? emailFile(key) : `pages/${key}.html`;
}

/** Why a file name is refused. */
export type NameFault = 'unreadable' | 'form' | 'taken';

export const emailFile = (key: string): string => `emails/${key}.mjml`;

/**
 * Why a new e-mail cannot have this key, which becomes its file name; null if
 * it can.
 */
export function emailNameFault(texts: Texts, key: string): NameFault | null {
  if (!readYaml(texts[CAMPAIGN] ?? '').ok) return 'unreadable';
  // No dots or slashes, so that the file stays in its folder.
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(key) || key.length > 60) return 'form';
  return declarationsOf(texts).emails.includes(key) || isThere(texts, emailFile(key)) ? 'taken' : null;
}

/** Why there can be no catalogue for this language; null if there can. */
export function localeFault(texts: Texts, tag: string): NameFault | null {
  if (!readYaml(texts[CAMPAIGN] ?? '').ok) return 'unreadable';
  if (canonical(tag) !== tag) return 'form';
  return declarationsOf(texts).locales.includes(tag) || isThere(texts, catalogueOf(tag)) ? 'taken' : null;
}

/** Case-insensitive, because some file systems are. */
const isThere = (texts: Texts, path: string): boolean =>
  Object.keys(texts).some((other) => other.toLowerCase() === path.toLowerCase());

function canonical(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

/** Adds a language, without labels of forms that the product has in it. */
export const withLocale = (texts: Texts, tag: string): Texts =>
  withLanguage(texts, tag, (key) => hasBuiltInText(tag, key));

/** Deletes a file and its entry in `campaign.yaml`: an e-mail or a language. */
export function withoutFile(texts: Texts, path: string): NewTexts {
  const campaign = texts[CAMPAIGN] ?? '';
  const tag = /^locales\/([^/]+)\.yaml$/.exec(path)?.[1];
  const isKnown = tag !== undefined && declarationsOf(texts).locales.includes(tag);
  if (!readYaml(campaign).ok) return { [path]: null };
  if (isKnown) return withoutLocale(texts, tag);
  const without = changeYaml(campaign, (document) => {
    const emails = document.get('emails');
    if (isMap(emails))
      for (const { key, value } of [...emails.items])
        if (isMap(value) && value.get('source') === path && isScalar(key)) emails.delete(key.value);
  });
  const isSame = declarationsOf({ [CAMPAIGN]: without }).emails.length === declarationsOf(texts).emails.length;
  return { [path]: null, ...(isSame ? {} : { [CAMPAIGN]: without }) };
}

/** Deletes a language: its catalogue, its documents, and its entries in `campaign.yaml`. */
export function withoutLocale(texts: Texts, tag: string): NewTexts {
  const { campaign, unused } = withoutLanguage(texts[CAMPAIGN] ?? '', tag);
  return { ...Object.fromEntries(unused.map((path) => [path, null])), [CAMPAIGN]: campaign };
}
