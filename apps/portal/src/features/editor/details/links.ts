import { type Document, isMap, isPair, isScalar, isSeq } from 'yaml';
import { changeYaml, readYamlOnly } from '../yaml-file';

const CAMPAIGN = 'campaign.yaml';
const TEMPLATE_OR_CATALOGUE = /\.(?:mjml|html)$|^locales\/.+\.yaml$/;
/** Fields of `campaign.yaml` that name a link, and lists of names. */
const NAMING_FIELDS = ['link', 'click'];
const NAMING_LIST = 'links';

type Texts = Readonly<Record<string, string>>;

export const LINK_KINDS = ['target', 'page', 'document', 'partner'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** A link of a campaign, as its form shows it. */
export interface WrittenLink {
  readonly name: string;
  readonly kind: LinkKind;
  /** Address, key of the page or document; empty for a partner's own link. */
  readonly target: string;
  readonly tracked: boolean;
  /** What a partner is asked for, by language; of a partner's own link. */
  readonly label: Readonly<Record<string, string>>;
  /** Files that use it. */
  readonly usedIn: readonly string[];
}

/** The links of `campaign.yaml`; empty if it cannot be read. */
export function readLinks(texts: Texts): WrittenLink[] {
  const file = readYamlOnly(texts[CAMPAIGN] ?? '');
  const links = file.ok ? file.document.get('links') : null;
  if (!isMap(links)) return [];
  const written = links.toJSON() as Record<string, Record<string, unknown> | null>;
  return Object.entries(written).map(([name, fields]) => {
    const kind = LINK_KINDS.find((one) => fields?.[one] !== undefined) ?? 'target';
    const label = fields?.['label'];
    const target = fields?.[kind];
    return {
      name,
      kind,
      target: typeof target === 'string' ? target : '',
      tracked: fields?.['tracked'] !== false,
      label: typeof label === 'object' && label !== null ? (label as Record<string, string>) : {},
      usedIn: usesOf(texts, name),
    };
  });
}

/** Files that name a link; `campaign.yaml` counts for posts, documents and the sequence. */
export function usesOf(texts: Texts, name: string): string[] {
  const inTexts = Object.entries(texts)
    .filter(([path, text]) => TEMPLATE_OR_CATALOGUE.test(path) && fieldOf(name).test(text))
    .map(([path]) => path);
  const file = readYamlOnly(texts[CAMPAIGN] ?? '');
  const isInCampaign = file.ok && namingScalars(file.document, name).length > 0;
  return [...(isInCampaign ? [CAMPAIGN] : []), ...inTexts];
}

const fieldOf = (name: string): RegExp => new RegExp(`\\{\\{\\s*links\\.${name}\\s*\\}\\}`, 'g');

/** `campaign.yaml` with another target, or another kind of link. */
export function withLinkTarget(campaign: string, name: string, kind: LinkKind, target: string): string {
  return changeYaml(campaign, (document) => {
    for (const other of LINK_KINDS) if (other !== kind) document.deleteIn(['links', name, other]);
    document.setIn(['links', name, kind], kind === 'partner' ? true : target);
    if (kind !== 'partner') document.deleteIn(['links', name, 'label']);
    else if (!document.hasIn(['links', name, 'label']))
      document.setIn(['links', name, 'label'], labelNode(document, name));
  });
}

/** What a partner is asked for, until an author writes it: the name of the link. */
function labelNode(document: Document, name: string) {
  const locales = document.get('locales');
  const tags = isSeq(locales) ? locales.items.map((item) => (isScalar(item) ? String(item.value) : '')) : [];
  return document.createNode(Object.fromEntries(tags.map((tag) => [tag, name])), { flow: true });
}

/** Clicks are counted unless the link says otherwise. */
export const withTracked = (campaign: string, name: string, tracked: boolean): string =>
  changeYaml(campaign, (document) => document.setIn(['links', name, 'tracked'], tracked));

export const withLinkLabel = (campaign: string, name: string, tag: string, label: string): string =>
  changeYaml(campaign, (document) => document.setIn(['links', name, 'label', tag], label));

export const withNewLink = (campaign: string, name: string, target: string): string =>
  changeYaml(campaign, (document) =>
    document.setIn(['links', name], document.createNode({ target, tracked: true }, { flow: true })),
  );

/** Takes a link away. What uses it keeps its name: the checks say where. */
export const withoutLink = (campaign: string, name: string): string =>
  changeYaml(campaign, (document) => document.deleteIn(['links', name]));

/** Renames a link wherever it is used. @returns the changed files. */
export function withLinkName(texts: Texts, name: string, newName: string): Texts {
  const changed = Object.entries(texts)
    .filter(([path, text]) => TEMPLATE_OR_CATALOGUE.test(path) && fieldOf(name).test(text))
    .map(([path, text]) => [path, text.replaceAll(fieldOf(name), `{{links.${newName}}}`)] as const);
  const campaign = changeYaml(texts[CAMPAIGN] ?? '', (document) => {
    for (const scalar of namingScalars(document, name)) scalar.value = newName;
    const links = document.get('links');
    const pair = isMap(links) ? links.items.find(({ key }) => isScalar(key) && key.value === name) : undefined;
    if (isScalar(pair?.key)) pair.key.value = newName;
  });
  return { ...Object.fromEntries(changed), [CAMPAIGN]: campaign };
}

/** Why a link cannot have this name; null if it can. */
export function linkNameFault(texts: Texts, name: string): 'form' | 'taken' | null {
  if (!/^[a-z][a-zA-Z0-9]{0,59}$/.test(name)) return 'form';
  return readLinks(texts).some((link) => link.name === name) ? 'taken' : null;
}

/** Values outside `links` that name this link. */
function namingScalars(document: Document, name: string): { value: unknown }[] {
  const found: { value: unknown }[] = [];
  const visit = (node: unknown, isTop: boolean): void => {
    if (isSeq(node)) node.items.forEach((item) => visit(item, false));
    if (!isMap(node)) return;
    for (const pair of node.items) {
      if (!isPair(pair) || !isScalar(pair.key)) continue;
      const key = String(pair.key.value);
      if (isTop && key === NAMING_LIST) continue;
      if (NAMING_FIELDS.includes(key) && isScalar(pair.value) && pair.value.value === name) found.push(pair.value);
      else if (key === NAMING_LIST && isSeq(pair.value))
        found.push(...pair.value.items.filter(isScalar).filter(({ value }) => value === name));
      else visit(pair.value, false);
    }
  };
  visit(document.contents, true);
  return found;
}
