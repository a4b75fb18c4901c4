import { TACTIC_TYPES, type TemplateType } from '#contracts';
import type { Locale, SourceProblem } from '#kernel';
import {
  type Compiled,
  compileForCanvas,
  compileMaster,
  type Master,
  type MasterInput,
  type SlotPosition,
} from '#rendering';
import type { CampaignDefinition, FormDefinition } from '../definition/campaign-definition.js';
import type { Catalogue } from '../definition/catalogue.js';
import { PLACEHOLDER } from '../definition/invalid-parts.js';
import { notUtf8, utf8 } from '../definition/yaml-source.js';
import type { CampaignPackage } from '../package/campaign-package.js';
import type { NamedMasters } from './campaign-slots.js';
import { formRule } from './form-texts.js';
import { picturePaths } from './package-images.js';
import { usedTexts } from './used-texts.js';

/** Results of compiling e-mails or pages. */
export interface CompiledTemplates {
  /**
   * In the order of campaign.yaml. A template that failed in any locale is
   * missing.
   */
  readonly templates: readonly (NamedMasters & { readonly key: string })[];
  readonly problems: readonly SourceProblem[];
  readonly usedKeys: ReadonlySet<string>;
}

interface Template {
  readonly key: string;
  readonly kind: TemplateType;
  readonly file: string;
  readonly subject: string;
  readonly preheader: string | null;
  readonly form: FormDefinition | null;
}

/**
 * Compiles every e-mail and page in each locale of the campaign.
 * @param links unknown if `campaign.yaml` cannot be read: then every name
 *   counts as declared.
 */
export async function compileTemplates(
  definition: CampaignDefinition,
  pkg: CampaignPackage,
  catalogues: readonly Catalogue[],
  links: 'declared' | 'unknown' = 'declared',
): Promise<{ emails: CompiledTemplates; pages: CompiledTemplates }> {
  const compile = async (templates: readonly Template[]): Promise<CompiledTemplates> =>
    gather(
      await Promise.all(templates.map((template) => compileTemplate(template, definition, pkg, catalogues, links))),
    );
  const [compiledEmails, compiledPages] = await Promise.all([
    compile(emailsOf(definition)),
    compile(pagesOf(definition)),
  ]);
  return { emails: compiledEmails, pages: compiledPages };
}

function emailsOf({ emails }: CampaignDefinition): Template[] {
  return Object.entries(emails).map(([key, { source, subject, preheader }]) => ({
    key,
    kind: 'email',
    file: source,
    subject,
    preheader,
    form: null,
  }));
}

const pagesOf = ({ pages }: CampaignDefinition): Template[] =>
  Object.entries(pages).map(([key, { source, title, form }]) => ({
    key,
    kind: 'page',
    file: source,
    subject: title,
    preheader: null,
    form: form ?? null,
  }));

/**
 * One e-mail or page in one language for the canvas of the editor, in spite of
 * mistakes.
 * @returns null if it cannot be read.
 */
export async function canvasMaster(
  definition: CampaignDefinition,
  pkg: CampaignPackage,
  { kind, key }: { readonly kind: TemplateType; readonly key: string },
  catalogue: Catalogue,
): Promise<Master | null> {
  const templates = kind === 'email' ? emailsOf(definition) : pagesOf(definition);
  const template = templates.find((one) => one.key === key);
  const bytes = template === undefined ? undefined : pkg.files.get(template.file);
  const source = bytes === undefined ? null : utf8(bytes);
  if (template === undefined || source === null) return null;
  const { input } = masterInput(template, source, definition, pkg, catalogue, 'declared');
  const compiled = await compileForCanvas(input);
  return compiled.ok ? compiled.master : null;
}

interface TemplateEntry {
  readonly template: Template;
  readonly masters: ReadonlyMap<Locale, Master>;
  readonly isComplete: boolean;
  readonly problems: readonly SourceProblem[];
  readonly usedKeys: readonly string[];
  readonly slotPlaces: readonly SlotPosition[];
}

async function compileTemplate(
  template: Template,
  definition: CampaignDefinition,
  pkg: CampaignPackage,
  catalogues: readonly Catalogue[],
  links: 'declared' | 'unknown',
): Promise<TemplateEntry> {
  const bytes = pkg.files.get(template.file);
  // A missing file is reported with its line in campaign.yaml.
  if (bytes === undefined)
    return { template, masters: new Map(), isComplete: false, problems: [], usedKeys: [], slotPlaces: [] };
  const source = utf8(bytes);
  if (source === null) {
    const problems = [notUtf8(template.file, bytes)];
    return { template, masters: new Map(), isComplete: false, problems, usedKeys: [], slotPlaces: [] };
  }
  const inLocales = await Promise.all(
    catalogues.map((catalogue) => compileInLocale(template, source, definition, pkg, catalogue, links)),
  );
  return {
    template,
    masters: new Map(inLocales.flatMap(({ master }) => (master === null ? [] : [[master.locale, master]]))),
    isComplete: inLocales.length > 0 && inLocales.every(({ master }) => master !== null),
    problems: inLocales.flatMap(({ problems }) => problems),
    usedKeys: inLocales.flatMap(({ usedKeys }) => usedKeys),
    slotPlaces: inLocales.find(({ master }) => master !== null)?.slotPlaces ?? [],
  };
}

interface InLocale {
  readonly master: Master | null;
  readonly problems: readonly SourceProblem[];
  readonly usedKeys: readonly string[];
  readonly slotPlaces: readonly SlotPosition[];
}

function masterInput(
  { kind, file, subject, preheader, form }: Template,
  source: string,
  definition: CampaignDefinition,
  pkg: CampaignPackage,
  catalogue: Catalogue,
  links: 'declared' | 'unknown',
) {
  const labelled = form === null ? null : formRule(form, catalogue);
  const input: MasterInput = {
    kind,
    file,
    source,
    locale: catalogue.locale,
    catalogueFile: catalogue.file,
    catalogue: catalogue.isPlaceholder === true ? null : { ...catalogue.texts },
    catalogueLines: Object.fromEntries([...catalogue.places].map(([key, { line }]) => [key, line ?? 1])),
    links: links === 'unknown' ? null : Object.keys(definition.links),
    images: [...picturePaths(pkg).keys()],
    requiredLocks: definition.locks.filter((name) => name !== PLACEHOLDER),
    subject: catalogue.texts[subject] ?? '',
    preheader: preheader === null ? '' : (catalogue.texts[preheader] ?? ''),
    subjectPlace: placeIn(catalogue, subject),
    preheaderPlace: placeIn(catalogue, preheader ?? ''),
    form: labelled?.rule ?? null,
  };
  return { input, labelled };
}

async function compileInLocale(
  template: Template,
  source: string,
  definition: CampaignDefinition,
  pkg: CampaignPackage,
  catalogue: Catalogue,
  links: 'declared' | 'unknown',
): Promise<InLocale> {
  const { input, labelled } = masterInput(template, source, definition, pkg, catalogue, links);
  const compiled = await compileUsed(input);
  return {
    master: compiled.ok ? compiled.master : null,
    problems: [
      ...(compiled.ok ? compiled.warnings : compiled.problems),
      ...(catalogue.isPlaceholder === true ? [] : (labelled?.problems ?? [])),
    ],
    usedKeys: [...compiled.usedKeys, ...(labelled?.usedKeys ?? [])],
    slotPlaces: compiled.ok ? compiled.slotPlaces : [],
  };
}

const ANYWHERE = { line: 1, column: 1 } as const;

/**
 * Compiles with the texts that the template uses, without their lines: results
 * are kept by their input, and a change of one text must not compile every
 * template of its language again. Only problems of texts need the rest.
 */
async function compileUsed(input: MasterInput): Promise<Compiled> {
  const { catalogue, catalogueFile } = input;
  if (catalogue === null) return compileMaster(input);
  const narrow = await compileMaster({
    ...input,
    catalogue: usedTexts(catalogue, [input.source, input.subject, input.preheader]),
    catalogueLines: {},
    subjectPlace: ANYWHERE,
    preheaderPlace: ANYWHERE,
  });
  const problems = narrow.ok ? narrow.warnings : narrow.problems;
  const isComplete = problems.every(({ code, file }) => code !== 'copy-missing' && file !== catalogueFile);
  return isComplete ? narrow : compileMaster(input);
}

function placeIn({ places }: Catalogue, key: string): { line: number; column: number } {
  const { line, column } = places.get(key) ?? {};
  return { line: line ?? 1, column: column ?? 1 };
}

function gather(all: readonly TemplateEntry[]): CompiledTemplates {
  return {
    templates: all
      .filter(({ isComplete }) => isComplete)
      .map(({ template, masters, slotPlaces }) => ({
        key: template.key,
        tactic: `${TACTIC_TYPES[template.kind].section}.${template.key}`,
        file: template.file,
        masters: Object.fromEntries(masters),
        slotPlaces,
      })),
    problems: all.flatMap(({ problems }) => problems),
    usedKeys: new Set(all.flatMap(({ usedKeys }) => usedKeys)),
  };
}
