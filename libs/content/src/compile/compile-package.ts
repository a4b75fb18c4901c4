import type { TemplateType } from '#contracts';
import { bestLocale, type Locale, type SourceProblem } from '#kernel';
import type { CampaignDefinition } from '../definition/campaign-definition.js';
import {
  type Catalogue,
  catalogueFile,
  missingKeys,
  readCatalogue,
  placeholderCatalogue,
  unusedKeys,
} from '../definition/catalogue.js';
import { readDefinition } from '../definition/definition-reader.js';
import { referenceProblems, referencesOf } from '../definition/definition-references.js';
import { inferDefinition } from '../definition/invalid-parts.js';
import type { CampaignPackage } from '../package/campaign-package.js';
import { compileArtwork } from './artwork-compile.js';
import { defaultColourProblems } from './brand-gates.js';
import { campaignSlots } from './campaign-slots.js';
import {
  type CompiledArtworkOnly,
  type CompiledCampaign,
  type CompiledPage,
  inEachLocale,
  type StoreBlob,
  type PackageImage,
} from './compiled-campaign.js';
import { inboxAdvice, subjectProblems } from './copy-gates.js';
import { picturePaths, pictureProblems } from './package-images.js';
import { canvasMaster, type CompiledTemplates, compileTemplates } from './template-compile.js';
import { textAdvice } from './text-checks.js';

export type PackageCompilation =
  | { readonly ok: true; readonly compiled: CompiledCampaign; readonly warnings: readonly SourceProblem[] }
  | {
      readonly ok: false;
      readonly problems: readonly SourceProblem[];
      /** Null if `campaign.yaml` cannot be read. */
      readonly artwork: CompiledArtworkOnly | null;
    };

/**
 * Compiles a package. Returns all problems in one answer: a mistake in one file
 * does not hide those in others.
 * @param keep stores prepared documents, posts and pictures.
 * @param template the package that the campaign was copied from; null: none.
 */
export async function compilePackage(
  pkg: CampaignPackage,
  keep: StoreBlob,
  template: CampaignPackage | null = null,
): Promise<PackageCompilation> {
  const { read, problems } = readDefinition(pkg.files.get('campaign.yaml') ?? Buffer.alloc(0));
  if (read === null) {
    const all = inOrder([...problems, ...(await problemsWithoutDefinition(pkg))]);
    return { ok: false, problems: all, artwork: null };
  }
  const { definition } = read;
  const { catalogues, problems: inCatalogues } = readCatalogues(definition, pkg);
  const [{ emails, pages }, artwork] = await Promise.all([
    compileTemplates(definition, pkg, orPlaceholders(catalogues, definition)),
    compileArtwork(read, pkg, catalogues, keep),
  ]);
  const templates = [...emails.templates, ...pages.templates];
  const { slots, problems: inSlots } = campaignSlots(definition, templates, artwork.plainTextSlots, catalogues);
  const found = [
    ...problems,
    ...inCatalogues,
    ...missingKeys(catalogues),
    ...emails.problems,
    ...pages.problems,
    ...artwork.problems,
    ...inSlots,
    ...(await pictureProblems(pkg)),
    ...referenceProblems(read, pkg, catalogues),
    ...defaultColourProblems(read, templates),
    ...subjectProblems(definition, catalogues),
    ...inboxAdvice(definition, catalogues),
    ...textAdvice(read, pkg, catalogues, template),
  ];
  const drawn = { definition, documents: artwork.documents, social: artwork.social, slots };
  if (found.some(({ severity }) => severity === 'error'))
    return { ok: false, problems: inOrder(found), artwork: drawn };
  const compiled: CompiledCampaign = {
    ...drawn,
    emails: emails.templates.map(({ key, masters }) => ({ key, masters })),
    pages: compiledPages(definition, pages.templates, catalogues),
    notices: noticesOf(definition, catalogues),
    images: await storeImages(pkg, templates, keep),
  };
  const advice = [
    ...found,
    ...catalogues.flatMap((catalogue) =>
      unusedKeys(catalogue, usedKeys(definition, [emails, pages], artwork.usedKeys)),
    ),
    ...unusedFiles(definition, pkg, compiled),
  ];
  return { ok: true, compiled, warnings: inOrder(advice) };
}

/** One e-mail or page in one language, as the editor shows it. */
export interface CanvasChoice {
  readonly kind: TemplateType;
  readonly key: string;
  /** The nearest language of the campaign is shown. */
  readonly locale: string | null;
}

/**
 * Compiles one e-mail or page in one language for the canvas of the editor: a tenth of
 * the work for a package, and possible while other files have mistakes.
 * @returns a campaign with this template only; null if it cannot be shown.
 */
export async function compileForCanvas(
  pkg: CampaignPackage,
  { kind, key, locale }: CanvasChoice,
  keep: StoreBlob,
): Promise<CompiledCampaign | null> {
  const { read } = readDefinition(pkg.files.get('campaign.yaml') ?? Buffer.alloc(0));
  if (read === null) return null;
  const { definition } = read;
  const [first, ...others] = definition.locales;
  const wanted = first === undefined ? null : bestLocale(locale, [first, ...others]);
  const { catalogues } = readCatalogues(definition, pkg);
  const catalogue = catalogues.find((one) => one.locale === wanted);
  const master = catalogue === undefined ? null : await canvasMaster(definition, pkg, { kind, key }, catalogue);
  if (master === null) return null;
  const masters = { [master.locale]: master };
  const template = { key, tactic: '', file: '', masters, slotPlaces: [] };
  return {
    definition,
    emails: kind === 'email' ? [{ key, masters }] : [],
    pages: kind === 'page' ? compiledPages(definition, [template], catalogues) : [],
    documents: [],
    social: [],
    notices: {},
    images: await storeImages(pkg, [template], keep),
    slots: [],
  };
}

/**
 * Problems in e-mails, catalogues and pictures, if `campaign.yaml` cannot be
 * read.
 */
async function problemsWithoutDefinition(pkg: CampaignPackage): Promise<readonly SourceProblem[]> {
  const definition = inferDefinition(pkg.files.keys());
  const inPictures = await pictureProblems(pkg);
  if (definition === null) return inPictures;
  const { catalogues, problems } = readCatalogues(definition, pkg);
  const { emails } = await compileTemplates(definition, pkg, orPlaceholders(catalogues, definition), 'unknown');
  return [...problems, ...missingKeys(catalogues), ...emails.problems, ...inPictures];
}

/**
 * If no catalogue can be read, templates are checked with one that contains
 * every key.
 */
function orPlaceholders(catalogues: readonly Catalogue[], { locales }: CampaignDefinition): readonly Catalogue[] {
  const [locale] = locales;
  return catalogues.length > 0 || locale === undefined ? catalogues : [placeholderCatalogue(locale)];
}

function noticesOf(
  { sequence }: CampaignDefinition,
  catalogues: readonly Catalogue[],
): NonNullable<CompiledCampaign['notices']> {
  const keys = sequence.steps.flatMap((step) => (step.kind === 'notify' ? [step.notify] : []));
  return Object.fromEntries(keys.map((key) => [key, inEachLocale(catalogues, key)]));
}

function readCatalogues(definition: CampaignDefinition, pkg: CampaignPackage) {
  const catalogues: Catalogue[] = [];
  const problems: SourceProblem[] = [];
  for (const locale of new Set(definition.locales)) {
    const bytes = pkg.files.get(catalogueFile(locale));
    if (bytes === undefined) continue;
    const read = readCatalogue(locale, bytes);
    problems.push(...read.problems);
    if (read.catalogue !== null) catalogues.push(read.catalogue);
  }
  return { catalogues, problems };
}

function compiledPages(
  definition: CampaignDefinition,
  templates: CompiledTemplates['templates'],
  catalogues: readonly Catalogue[],
): CompiledPage[] {
  return templates.flatMap(({ key, masters }) => {
    const page = definition.pages[key];
    if (page === undefined) return [];
    const form =
      page.form === undefined
        ? null
        : {
            fields: page.form.fields,
            required: page.form.required,
            consent: inEachLocale(catalogues, page.form.consent),
            thanks: inEachLocale(catalogues, page.form.thanks),
            ...(page.form.next === undefined
              ? {}
              : { next: { link: page.form.next.link, label: inEachLocale(catalogues, page.form.next.label) } }),
            doubleOptIn: page.form.doubleOptIn,
          };
    return [{ key, masters, title: inEachLocale(catalogues, page.title), form }];
  });
}

/** Stores the pictures that masters show. Others stay only in the package. */
async function storeImages(
  pkg: CampaignPackage,
  templates: CompiledTemplates['templates'],
  keep: StoreBlob,
): Promise<Record<string, PackageImage>> {
  const needed = new Set(
    templates.flatMap(({ masters }) => Object.values(masters).flatMap((master) => master.needs.images)),
  );
  const images: Record<string, PackageImage> = {};
  for (const [path, mediaType] of picturePaths(pkg)) {
    const bytes = pkg.files.get(path);
    if (needed.has(path) && bytes !== undefined) images[path] = { hash: await keep(bytes), mediaType };
  }
  return images;
}

function usedKeys(
  definition: CampaignDefinition,
  templates: readonly CompiledTemplates[],
  inArtwork: Iterable<string>,
): ReadonlySet<string> {
  return new Set([
    ...referencesOf(definition).texts.map(({ to }) => to),
    ...templates.flatMap((each) => [...each.usedKeys]),
    ...inArtwork,
  ]);
}

function unusedFiles(
  definition: CampaignDefinition,
  pkg: CampaignPackage,
  compiled: CompiledCampaign,
): SourceProblem[] {
  const used = new Set([
    'campaign.yaml',
    ...definition.locales.map((locale: Locale) => catalogueFile(locale)),
    ...referencesOf(definition).files.map(({ to }) => to),
    ...Object.keys(compiled.images),
  ]);
  return [...pkg.files.keys()]
    .filter((path) => !used.has(path) && !path.endsWith('.md'))
    .map((file) => ({
      code: 'file-unused',
      severity: 'warning',
      file,
      line: null,
      column: null,
      message: 'Nothing in the campaign uses this file.',
      remedy: 'Use it, or remove it.',
    }));
}

/**
 * Without duplicates, sorted by file, line and column; `campaign.yaml` first.
 */
function inOrder(problems: readonly SourceProblem[]): SourceProblem[] {
  const unique = new Map(
    problems.map((problem) => [
      `${problem.file}:${problem.line ?? 0}:${problem.column ?? 0} ${problem.code} ${problem.message}`,
      problem,
    ]),
  );
  return [...unique.values()].sort(
    (a, b) =>
      Number(b.file === 'campaign.yaml') - Number(a.file === 'campaign.yaml') ||
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0),
  );
}
