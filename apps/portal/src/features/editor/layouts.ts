import type { CampaignLayoutContent } from '#contracts';
import { bodyOf, parseSource, type SourceElement } from '#template-source';
import { isMap, isScalar } from 'yaml';
import { catalogueOf } from './copy-table';
import { declarationsOf, emailFile, templateOf } from './new-files';
import { freeWord } from './sequence/steps';
import { changeYaml, readYaml, readYamlOnly } from './yaml-file';

const CAMPAIGN = 'campaign.yaml';
/** Texts of the footer that layouts have in common. */
const FOOTER = 'footer';
/** Texts of a form's fields, which the product looks for here. */
const FORM_LABELS = 'form';
/** Where buttons of layouts lead, before they know the campaign's links. */
const OFFER = '{{links.offer}}';
const FORM = { fields: ['firstName', 'lastName', 'email', 'company', 'phone', 'message'], required: ['email'] };
/** Key of a campaign's landing page, and of the link to it. */
export const PAGE_KEY = 'landing';
const PAGE_LINK = 'page';

type Texts = Readonly<Record<string, string>>;

export const pageFile = (key: string): string => `pages/${key}.html`;

/**
 * Adds the e-mail of a layout: its file, its entry in `campaign.yaml` and its
 * texts in each catalogue. Styles, logos and locked parts are those of the
 * campaign's other e-mails.
 * @returns the changed files.
 */
export function withEmailLayout(texts: Texts, key: string, layout: CampaignLayoutContent): Texts {
  const [first] = declarationsOf(texts).emails;
  const model = first === undefined ? '' : (texts[templateOf(texts, 'email', first)] ?? '');
  const group = freeGroup(texts, key);
  const source = linkedTo(targetOf(texts), inCampaignStyle(renamed(layout, group), model, key));
  return {
    [CAMPAIGN]: changeYaml(texts[CAMPAIGN] ?? '', (document) => {
      const entry = { source: emailFile(key), subject: `${group}.subject`, preheader: `${group}.preheader` };
      document.setIn(['emails', key], document.createNode(entry, { flow: true }));
    }),
    [emailFile(key)]: source,
    ...cataloguesWith(texts, group, layout, source),
  };
}

/**
 * Adds the page of a layout with its form, and a link to it.
 * @returns the changed files.
 */
export function withPageLayout(texts: Texts, layout: CampaignLayoutContent): Texts {
  const group = freeGroup(texts, PAGE_KEY);
  const source = linkedTo(targetOf(texts), renamed(layout, group));
  const form = {
    ...FORM,
    ...Object.fromEntries(['submit', 'consent', 'thanks'].map((name) => [name, `${group}.${name}`])),
  };
  return {
    [CAMPAIGN]: changeYaml(texts[CAMPAIGN] ?? '', (document) => {
      const entry = { source: pageFile(PAGE_KEY), title: `${group}.title`, form };
      document.setIn(['pages', PAGE_KEY], document.createNode(entry));
      if (!document.hasIn(['links', PAGE_LINK]))
        document.setIn(['links', PAGE_LINK], document.createNode({ page: PAGE_KEY }, { flow: true }));
    }),
    [pageFile(PAGE_KEY)]: source,
    ...cataloguesWith(texts, group, layout, source, ['title', 'submit', 'consent', 'thanks']),
  };
}

/** A group of texts that no catalogue has: an e-mail may be called as a group of other texts. */
function freeGroup(texts: Texts, key: string): string {
  const groups = declarationsOf(texts).locales.flatMap((tag) => {
    const file = readYamlOnly(texts[catalogueOf(tag)] ?? '');
    const map = file.ok ? file.document.contents : null;
    return isMap(map) ? map.items.map((item) => (isScalar(item.key) ? String(item.key.value) : '')) : [];
  });
  return freeWord([FOOTER, FORM_LABELS, ...groups], key);
}

/** Keys and the name of the slot begin with the layout's name. */
const renamed = ({ name, source }: CampaignLayoutContent, group: string): string =>
  source.replaceAll(`t "${name}.`, `t "${group}.`).replaceAll(`name="${name}-`, `name="${group}-`);

const linkedTo = (target: string, source: string): string => source.replaceAll(OFFER, target);

/** The landing page, else the first link, else the partner's website. */
function targetOf(texts: Texts): string {
  const file = readYamlOnly(texts[CAMPAIGN] ?? '');
  const links = file.ok ? file.document.get('links') : null;
  const items = isMap(links) ? links.items : [];
  const toPage = items.find(({ value }) => isMap(value) && value.has('page')) ?? items[0];
  return isScalar(toPage?.key) ? `{{links.${String(toPage.key.value)}}}` : '{{partner.website}}';
}

function inCampaignStyle(layout: string, model: string, key: string): string {
  const modelTree = parseSource(model);
  const modelBody = bodyOf(modelTree);
  const body = bodyOf(parseSource(layout));
  if (modelBody === undefined || body === undefined) return layout;
  const head = partOf(model, elementNamed(modelTree.root, 'mj-head'));
  const logos = partOf(
    model,
    modelBody.children.find((row) => isLogos(model, row)),
  );
  const locks = modelBody.children.filter(({ name }) => name === 'tc-lock').map((lock) => partOf(model, lock) ?? '');
  const hasFooter = locks.some((lock) => lock.includes('links.unsubscribe'));
  const own = body.children.filter(({ name }) => name === 'tc-lock').map((lock) => partOf(layout, lock) ?? '');
  const names = new Set(locks.flatMap((lock) => /name="([^"]+)"/.exec(lock)?.[1] ?? []));
  const rows = body.children
    .filter(({ name }) => name !== 'tc-lock')
    .map((row) => (logos !== null && isLogos(layout, row) ? logos : (partOf(layout, row) ?? '')));
  const foot = hasFooter
    ? []
    : own.map((lock) => (names.has('footer') ? lock.replace('name="footer"', `name="${key}-footer"`) : lock));
  return [
    '<mjml>',
    ...(head === null ? [] : [`  ${head}`]),
    `  ${model.slice(modelBody.start, modelBody.openEnd)}`,
    ...[...rows, ...locks, ...foot].map((row) => `    ${row}`),
    '  </mj-body>',
    '</mjml>',
    '',
  ].join('\n');
}

/** The row with the logos of vendor and partner. */
const isLogos = (source: string, row: SourceElement): boolean =>
  row.name === 'mj-section' && source.slice(row.start, row.end).includes('<tc-partner-logo');

const elementNamed = (root: SourceElement, wanted: string): SourceElement | undefined =>
  root.name === wanted
    ? root
    : root.children.map((child) => elementNamed(child, wanted)).find((one) => one !== undefined);

const partOf = (source: string, element: SourceElement | undefined): string | null =>
  element === undefined ? null : source.slice(element.start, element.end);

/** Each catalogue with the texts that the source uses, and those of `campaign.yaml`. */
function cataloguesWith(
  texts: Texts,
  group: string,
  layout: CampaignLayoutContent,
  source: string,
  always: readonly string[] = ['subject', 'preheader'],
): Texts {
  const isUsed = (of: string, name: string): boolean => source.includes(`t "${of}.${name}"`);
  const changed = declarationsOf(texts).locales.flatMap((tag) => {
    const catalogue = texts[catalogueOf(tag)];
    if (catalogue === undefined || !readYaml(catalogue).ok) return [];
    const words = layout.texts[tag.split('-', 1)[0] ?? ''] ?? layout.texts['en'] ?? {};
    const own = Object.entries(words[layout.name] ?? {}).filter(
      ([name]) => always.includes(name) || isUsed(group, name),
    );
    const foot = Object.entries(words[FOOTER] ?? {}).filter(([name]) => isUsed(FOOTER, name));
    const written = changeYaml(catalogue, (document) => {
      document.setIn([group], document.createNode(Object.fromEntries(own)));
      for (const [name, text] of foot) if (!document.hasIn([FOOTER, name])) document.setIn([FOOTER, name], text);
    });
    return [[catalogueOf(tag), written] as const];
  });
  return Object.fromEntries(changed);
}

/** Pictures of the layout that its source still shows. */
export function picturesOf(
  { pictures }: CampaignLayoutContent,
  source: string,
): readonly { path: string; file: File }[] {
  return pictures
    .filter(({ path }) => source.includes(`"${path}"`))
    .map(({ path, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0);
      return { path, file: new File([bytes], path.split('/').at(-1) ?? path, { type: 'image/png' }) };
    });
}

/**
 * A key from a name that an author writes: "Second thought" becomes
 * `second-thought`.
 */
export const keyFromName = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-$/g, '')
    .slice(0, 60);
