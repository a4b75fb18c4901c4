import type { CampaignLayoutContent } from '#contracts';
import { bodyOf, parseSource, type SourceElement } from '#template-source';
import { isMap, isScalar } from 'yaml';
import { catalogueOf } from './copy-table';
import { declarationsOf, emailFile, templateOf } from './new-files';
import { changeYaml, readYaml, readYamlOnly } from './yaml-file';

const CAMPAIGN = 'campaign.yaml';
/** Texts of the footer that layouts have in common. */
const FOOTER = 'footer';
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
  const source = linkedTo(targetOf(texts), inCampaignStyle(renamed(layout, key), model, key));
  return {
    [CAMPAIGN]: changeYaml(texts[CAMPAIGN] ?? '', (document) => {
      const entry = { source: emailFile(key), subject: `${key}.subject`, preheader: `${key}.preheader` };
      document.setIn(['emails', key], document.createNode(entry, { flow: true }));
    }),
    [emailFile(key)]: source,
    ...cataloguesWith(texts, key, layout, source),
  };
}

/**
 * Adds the page of a layout with its form, and a link to it.
 * @returns the changed files.
 */
export function withPageLayout(texts: Texts, layout: CampaignLayoutContent): Texts {
  const source = linkedTo(targetOf(texts), renamed(layout, PAGE_KEY));
  const form = {
    ...FORM,
    ...Object.fromEntries(['submit', 'consent', 'thanks'].map((name) => [name, `${PAGE_KEY}.${name}`])),
  };
  return {
    [CAMPAIGN]: changeYaml(texts[CAMPAIGN] ?? '', (document) => {
      const entry = { source: pageFile(PAGE_KEY), title: `${PAGE_KEY}.title`, form };
      document.setIn(['pages', PAGE_KEY], document.createNode(entry));
      if (!document.hasIn(['links', PAGE_LINK]))
        document.setIn(['links', PAGE_LINK], document.createNode({ page: PAGE_KEY }, { flow: true }));
    }),
    [pageFile(PAGE_KEY)]: source,
    ...cataloguesWith(texts, PAGE_KEY, layout, source, ['title', 'submit', 'consent', 'thanks']),
  };
}

/** Keys and the name of the slot begin with the layout's name. */
const renamed = ({ name, source }: CampaignLayoutContent, key: string): string =>
  source.replaceAll(`t "${name}.`, `t "${key}.`).replaceAll(`name="${name}-`, `name="${key}-`);

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
  key: string,
  layout: CampaignLayoutContent,
  source: string,
  always: readonly string[] = ['subject', 'preheader'],
): Texts {
  const isUsed = (group: string, name: string): boolean => source.includes(`t "${group}.${name}"`);
  const changed = declarationsOf(texts).locales.flatMap((tag) => {
    const catalogue = texts[catalogueOf(tag)];
    if (catalogue === undefined || !readYaml(catalogue).ok) return [];
    const words = layout.texts[tag.split('-', 1)[0] ?? ''] ?? layout.texts['en'] ?? {};
    const own = Object.entries(words[layout.name] ?? {}).filter(([name]) => always.includes(name) || isUsed(key, name));
    const foot = Object.entries(words[FOOTER] ?? {}).filter(([name]) => isUsed(FOOTER, name));
    const written = changeYaml(catalogue, (document) => {
      document.setIn([key], document.createNode(Object.fromEntries(own)));
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
