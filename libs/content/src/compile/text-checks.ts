import { createHash } from 'node:crypto';
import { isCopy, isFromTemplate, isPlaceholder, isSameLanguage, untranslatedIn } from '#contracts';
import type { SourceProblem } from '#kernel';
import { literalTexts } from '#rendering';
import type { CampaignDefinition, Localised } from '../definition/campaign-definition.js';
import { type Catalogue, catalogueFile, readCatalogue } from '../definition/catalogue.js';
import type { ReadDefinition } from '../definition/definition-reader.js';
import { utf8 } from '../definition/yaml-source.js';
import type { CampaignPackage } from '../package/campaign-package.js';

const CAMPAIGN = 'campaign.yaml';
const QUOTED_CHARS = 60;

/**
 * Texts that an author meant to replace: placeholders, text in another
 * language, text of the template, words that no catalogue has.
 * @param template the package that the campaign was copied from; null: none.
 */
export function textAdvice(
  read: ReadDefinition,
  pkg: CampaignPackage,
  catalogues: readonly Catalogue[],
  template: CampaignPackage | null,
): SourceProblem[] {
  return [
    ...catalogues.flatMap(placeholders),
    ...ownPlaceholders(read, catalogues),
    ...untranslated(read, catalogues),
    ...(template === null ? [] : fromTemplate(catalogues, pkg, template)),
    ...literals(read.definition, pkg),
  ];
}

function placeholders(catalogue: Catalogue): SourceProblem[] {
  return Object.entries(catalogue.texts)
    .filter(([, text]) => isPlaceholder(text))
    .map(([key, text]) =>
      advice(
        catalogue,
        key,
        'text-placeholder',
        `The text ${key} is a placeholder: ${quoted(text)}.`,
        'Write what your readers should read.',
      ),
    );
}

/** Placeholders in what `campaign.yaml` says to partners. */
function ownPlaceholders({ definition, source }: ReadDefinition, catalogues: readonly Catalogue[]): SourceProblem[] {
  const own = ownTexts(definition);
  return catalogues.flatMap(({ locale }) =>
    Object.entries(own(locale))
      .filter(([, text]) => isPlaceholder(text))
      .map(([path, text]) => ({
        code: 'text-placeholder',
        severity: 'warning' as const,
        file: CAMPAIGN,
        ...source.positionOf([...path.split('.'), locale]),
        message: `The text ${path} is a placeholder: ${quoted(text)}.`,
        remedy: 'Write what partners should read.',
      })),
  );
}

function untranslated({ definition, source }: ReadDefinition, catalogues: readonly Catalogue[]): SourceProblem[] {
  const [first, ...others] = catalogues;
  if (first === undefined) return [];
  const own = ownTexts(definition);
  return others.flatMap((catalogue) => {
    const isUntranslated = untranslatedIn(
      { locale: first.locale, texts: { ...own(first.locale), ...first.texts } },
      { locale: catalogue.locale, texts: { ...own(catalogue.locale), ...catalogue.texts } },
    );
    const said = (key: string, text: string): readonly [string, string, string] => [
      UNTRANSLATED,
      untranslatedMessage(key, catalogue.locale, text),
      'Translate it, or confirm that it is right so.',
    ];
    const inCatalogue = Object.keys(catalogue.texts)
      .filter(isUntranslated)
      .map((key) => advice(catalogue, key, ...said(key, catalogue.texts[key] ?? '')));
    const inCampaign = Object.entries(own(catalogue.locale))
      .filter(([path]) => isUntranslated(path))
      .map(([path, text]) => {
        const [code, message, remedy] = said(path, text);
        const place = source.positionOf([...path.split('.'), catalogue.locale]);
        return { code, severity: 'warning' as const, file: CAMPAIGN, ...place, message, remedy };
      });
    return [...inCatalogue, ...inCampaign];
  });
}

const UNTRANSLATED = 'text-untranslated';
const untranslatedMessage = (key: string, locale: string, text: string): string =>
  `The text ${key} is not translated into ${languageName(locale)}: ${quoted(text)}.`;

/**
 * What identifies the warning that a text is the same as in the first language.
 * @param of the key of a text of the catalogues, or the path of one of
 *   `campaign.yaml`.
 */
export const untranslatedWarning = (
  of: { readonly key: string } | { readonly path: string },
  locale: string,
  text: string,
): Pick<SourceProblem, 'code' | 'file' | 'message'> => ({
  code: UNTRANSLATED,
  file: 'key' in of ? catalogueFile(locale) : CAMPAIGN,
  message: untranslatedMessage('key' in of ? of.key : of.path, locale, text),
});

/** Texts of campaign.yaml that partners read, by path. Titles are names. */
function ownTexts({ summary, slots, links }: CampaignDefinition): (locale: string) => Record<string, string> {
  const all: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['summary', summary],
    ...Object.entries(slots).flatMap(([name, { label, help }]) => [
      [`slots.${name}.label`, inLanguages(label)] as const,
      [`slots.${name}.help`, inLanguages(help)] as const,
    ]),
    ...Object.entries(links).flatMap(([name, link]) =>
      link.kind === 'partner' ? [[`links.${name}.label`, link.label] as const] : [],
    ),
  ];
  return (locale) =>
    Object.fromEntries(all.flatMap(([path, texts]) => (texts[locale] === undefined ? [] : [[path, texts[locale]]])));
}

/** A text per language. Nothing for a text that is for all languages. */
const inLanguages = (texts: string | Localised | undefined): Localised => (typeof texts === 'object' ? texts : {});

function fromTemplate(
  catalogues: readonly Catalogue[],
  pkg: CampaignPackage,
  template: CampaignPackage,
): SourceProblem[] {
  const inTexts = catalogues.flatMap((catalogue) => {
    const bytes = template.files.get(catalogueFile(catalogue.locale));
    const texts = bytes === undefined ? undefined : readCatalogue(catalogue.locale, bytes).catalogue?.texts;
    return Object.entries(catalogue.texts)
      .filter(([key, text]) => isFromTemplate(text, texts?.[key]))
      .map(([key, text]) =>
        advice(
          catalogue,
          key,
          'text-from-template',
          `The text ${key} is still that of the template: ${quoted(text)}.`,
          'Write your own text, or confirm that it is right so.',
        ),
      );
  });
  const inDocuments = [...pkg.files]
    .filter(([path, bytes]) => path.endsWith('.pdf') && isSameFile(bytes, template.files.get(path)))
    .map(([file]) => ({
      code: 'file-from-template',
      severity: 'warning' as const,
      file,
      line: null,
      column: null,
      message: 'This document is still that of the template.',
      remedy: 'Replace it with your own, or confirm that it is right so.',
    }));
  return [...inTexts, ...inDocuments];
}

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const isSameFile = (bytes: Buffer, other: Buffer | undefined): boolean =>
  other !== undefined && hashOf(bytes) === hashOf(other);

/** Words in templates, which are the same in every language. */
function literals({ emails, pages, locales }: CampaignDefinition, pkg: CampaignPackage): SourceProblem[] {
  const [first = ''] = locales;
  if (locales.every((locale) => isSameLanguage(first, locale))) return [];
  const files = new Set([...Object.values(emails), ...Object.values(pages)].map(({ source }) => source));
  return [...files].flatMap((file) => {
    const source = utf8(pkg.files.get(file) ?? Buffer.alloc(0));
    return literalTexts(source ?? '')
      .filter(({ text }) => isCopy(text))
      .map(({ text, line, column }) => ({
        code: 'text-literal',
        severity: 'warning' as const,
        file,
        line,
        column,
        message: `These words are the same in every language: ${quoted(text)}.`,
        remedy: 'Put them into the texts of each language, and their key into the template: {{t "…"}}.',
      }));
  });
}

const quoted = (text: string): string => {
  const line = text.trim().replace(/\s+/g, ' ');
  return `“${line.length > QUOTED_CHARS ? `${line.slice(0, QUOTED_CHARS).trimEnd()}…` : line}”`;
};

const languageName = (locale: string): string =>
  new Intl.DisplayNames(['en'], { type: 'language' }).of(locale) ?? locale;

const advice = (
  { file, places }: Catalogue,
  key: string,
  code: string,
  message: string,
  remedy: string,
): SourceProblem => ({
  code,
  severity: 'warning',
  file,
  ...(places.get(key) ?? { line: null, column: null }),
  message,
  remedy,
});
