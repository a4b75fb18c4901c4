import { STEP_TYPES } from '#contracts';
import type { Locale, SourceProblem } from '#kernel';
import type { CampaignPackage } from '../package/campaign-package.js';
import type { CampaignDefinition } from './campaign-definition.js';
import { type Catalogue, catalogueFile } from './catalogue.js';
import {
  type Condition,
  emailsOf,
  type Entry,
  isChoice,
  namedBy,
  type SequenceDefinition,
  sequenceProblems,
} from '#sequencing';
import { closest } from '#rendering';
import type { ReadDefinition } from './definition-reader.js';
import { PLACEHOLDER } from './invalid-parts.js';

type Path = readonly PropertyKey[];

/** A name, file or key that `campaign.yaml` refers to, with its position. */
interface Reference {
  readonly path: Path;
  readonly to: string;
}

/** References of a campaign, by kind of target. */
interface References {
  readonly files: readonly (Reference & { readonly types: readonly string[] })[];
  readonly texts: readonly Reference[];
  readonly links: readonly Reference[];
  readonly pages: readonly Reference[];
  readonly documents: readonly Reference[];
  readonly emails: readonly Reference[];
  readonly posts: readonly Reference[];
}

/** Collects every reference of a definition. */
export function referencesOf(definition: CampaignDefinition): References {
  const { emails, pages, documents, social, slots, links, sequence, leads } = definition;
  return {
    files: [
      ...entries(emails, ({ source }, at) => [{ path: ['emails', at, 'source'], to: source, types: ['.mjml'] }]),
      ...entries(pages, ({ source }, at) => [{ path: ['pages', at, 'source'], to: source, types: ['.html'] }]),
      ...entries(documents, ({ source }, at) =>
        typeof source === 'string'
          ? [{ path: ['documents', at, 'source'], to: source, types: ['.pdf'] }]
          : entries(source, (to, locale) => [{ path: ['documents', at, 'source', locale], to, types: ['.pdf'] }]),
      ),
      ...entries(social, ({ images }, at) =>
        entries(images, (to, format) => [{ path: ['social', at, 'images', format], to, types: ['.svg'] }]),
      ),
    ],
    texts: [
      ...entries(emails, (email, at) => texts(['emails', at], email, ['subject', 'preheader'])),
      ...entries(pages, (page, at) => [
        ...texts(['pages', at], page, ['title']),
        ...(page.form === undefined ? [] : texts(['pages', at, 'form'], page.form, ['submit', 'consent', 'thanks'])),
        ...(page.form?.next === undefined ? [] : texts(['pages', at, 'form', 'next'], page.form.next, ['label'])),
      ]),
      ...entries(documents, (document, at) => texts(['documents', at], document, ['title'])),
      ...entries(social, (post, at) => texts(['social', at], post, ['text'])),
      ...entries(slots, (slot, at) =>
        (['label', 'help', 'default'] as const).flatMap((said) => {
          const key = slot[said];
          return typeof key === 'string' ? [{ path: ['slots', at, said], to: key }] : [];
        }),
      ),
      ...namedInSteps(sequence, 'text'),
    ],
    links: [
      ...entries(pages, ({ form }, at) =>
        form?.next === undefined ? [] : [{ path: ['pages', at, 'form', 'next', 'link'], to: form.next.link }],
      ),
      ...entries(social, ({ link }, at) => [{ path: ['social', at, 'link'], to: link }]),
      ...entries(documents, (document, at) =>
        entries(document.slots, (slot, name) =>
          slot.kind === 'qr' || slot.kind === 'link'
            ? [{ path: ['documents', at, 'slots', name, 'link'], to: slot.link }]
            : [],
        ),
      ),
      ...(leads?.clicks?.links ?? []).map((to, at) => ({ path: ['leads', 'clicks', 'links', at], to })),
      ...conditionsOf(sequence).flatMap(({ path, when }) =>
        when.on === 'click' && when.link !== null ? [{ path: [...path, 'click'], to: when.link }] : [],
      ),
    ],
    pages: [
      ...entries(links, (link, at) => (link.kind === 'page' ? [{ path: ['links', at, 'page'], to: link.page }] : [])),
      ...conditionsOf(sequence).flatMap(({ path, when }) =>
        when.on === 'form' && when.page !== null ? [{ path: [...path, 'form'], to: when.page }] : [],
      ),
      ...entryRulesOf(sequence).flatMap(({ path, when }) =>
        when.on === 'form' && when.page !== null ? [{ path: [...path, 'form'], to: when.page }] : [],
      ),
    ],
    documents: [
      ...entries(links, (link, at) =>
        link.kind === 'document' ? [{ path: ['links', at, 'document'], to: link.document }] : [],
      ),
      ...entryRulesOf(sequence).flatMap(({ path, when }) =>
        when.on === 'document' && when.document !== null ? [{ path: [...path, 'document'], to: when.document }] : [],
      ),
    ],
    emails: namedInSteps(sequence, 'email'),
    posts: namedInSteps(sequence, 'post'),
  };
}

/**
 * References to missing targets, duplicates, and values that some locales lack.
 */
export function referenceProblems(
  { definition, source, partial }: ReadDefinition,
  pkg: CampaignPackage,
  catalogues: readonly Catalogue[],
): SourceProblem[] {
  const problems: SourceProblem[] = [];
  const add = (
    code: string,
    path: Path,
    message: string,
    remedy: string,
    severity: 'error' | 'warning' = 'error',
  ): void => void problems.push({ code, severity, file: source.file, ...source.positionOf(path), message, remedy });
  const known = (kind: string, references: readonly Reference[], names: readonly string[]): void => {
    for (const { path, to } of references)
      if (!names.includes(to))
        add(`${kind}-unknown`, path, `There is no ${kind} "${to}" in this campaign.`, remedyFor(to, names));
  };
  const references = referencesOf(definition);

  for (const { path, to, types } of references.files) {
    if (!pkg.files.has(to))
      add('file-missing', path, `The package has no file ${to}.`, remedyFor(to, [...pkg.files.keys()]));
    else if (!types.some((type) => to.toLowerCase().endsWith(type)))
      add('file-type-wrong', path, `${to} cannot be used here.`, `Use a ${types.join(' or ')} file.`);
  }
  for (const { path, to } of references.texts)
    if (to !== PLACEHOLDER && catalogues.length > 0 && !catalogues.some(({ texts }) => to in texts))
      add(
        'key-unknown',
        path,
        `No catalogue has the key ${to}.`,
        remedyFor(to, Object.keys(catalogues[0]?.texts ?? {})),
      );
  // Names of removed parts would be reported as missing, although they are
  // present.
  if (partial) return problems;
  known('link', references.links, Object.keys(definition.links));
  known('page', references.pages, Object.keys(definition.pages));
  known('document', references.documents, Object.keys(definition.documents));
  known('email', references.emails, Object.keys(definition.emails));
  known('post', references.posts, Object.keys(definition.social));
  localeProblems(definition, pkg, add);
  stepProblems(definition, add);
  formProblems(definition, add);
  return problems;
}

type AddProblem = (code: string, path: Path, message: string, remedy: string, severity?: 'error' | 'warning') => void;

function localeProblems(definition: CampaignDefinition, pkg: CampaignPackage, add: AddProblem): void {
  const { locales } = definition;
  const complete = (path: Path, texts: Readonly<Record<string, string>>): void => {
    for (const locale of locales)
      if (!(locale in texts))
        add('locale-missing', path, `${path.map(String).join('.')} has no text for ${locale}.`, `Add "${locale}: …".`);
    for (const locale of Object.keys(texts))
      if (!locales.includes(locale as Locale))
        add(
          'locale-unknown',
          [...path, locale],
          `${locale} is not a locale of this campaign.`,
          `Remove it, or add ${locale} to locales.`,
        );
  };
  complete(['title'], definition.title);
  complete(['summary'], definition.summary);
  for (const [name, link] of Object.entries(definition.links))
    if (link.kind === 'partner') complete(['links', name, 'label'], link.label);
  for (const [name, slot] of Object.entries(definition.slots))
    for (const said of ['label', 'help'] as const) {
      const words = slot[said];
      if (typeof words === 'object') complete(['slots', name, said], words);
    }
  for (const [name, { source }] of Object.entries(definition.documents))
    if (typeof source !== 'string') complete(['documents', name, 'source'], source);
  locales.forEach((locale, at) => {
    if (locales.indexOf(locale) !== at)
      add('locale-twice', ['locales', at], `${locale} is listed twice.`, 'Remove one of the two.');
    else if (!pkg.files.has(catalogueFile(locale)))
      add(
        'catalogue-missing',
        ['locales', at],
        `There is no ${catalogueFile(locale)}.`,
        'Add the catalogue, or remove the locale from the list.',
      );
  });
}

/** A document that requires the form can be had only where there is one. */
function formProblems({ documents, pages }: CampaignDefinition, add: AddProblem): void {
  if (Object.values(pages).some(({ form }) => form !== undefined)) return;
  for (const [name, { requiresForm }] of Object.entries(documents))
    if (requiresForm === true)
      add(
        'document-form-missing',
        ['documents', name, 'requiresForm'],
        `"${name}" requires a form, and the campaign has none.`,
        'Add a page with a form, or remove requiresForm.',
      );
}

function stepProblems(definition: CampaignDefinition, add: AddProblem): void {
  const { sequence, emails } = definition;
  const { steps } = sequence;
  const keys = steps.map(({ key }) => key);
  for (const { code, path, message, remedy, severity, unknown } of sequenceProblems(sequence))
    add(code, ['sequence', ...path], message, unknown === undefined ? remedy : remedyFor(unknown, keys), severity);
  const sent = steps.flatMap((step, at) => emailsOf(step).map((email) => ({ email, at })));
  if (sent.length === 0 && Object.keys(emails).length > 0)
    add('sequence-empty', ['sequence', 'steps'], 'The sequence sends nothing.', 'Add a step with an email.');
  if (isEmpty(definition))
    add(
      'campaign-empty',
      ['sequence', 'steps'],
      'The campaign has no email, page, document or post.',
      'Add one of them.',
    );
  for (const { email, at } of sent)
    if (sent.some((other) => other.email === email && other.at < at))
      add(
        'email-twice',
        ['sequence', 'steps', at, 'email'],
        `The sequence sends "${email}" twice.`,
        'Send each email once, or create a second one.',
      );
  for (const email of Object.keys(emails))
    if (!sent.some((step) => step.email === email))
      add(
        'email-unused',
        ['emails', email],
        `No step sends "${email}".`,
        'Add a step, or remove the email.',
        'warning',
      );
}

/** Nothing that a partner could send, show or publish. */
const isEmpty = ({ emails, pages, documents, social }: CampaignDefinition): boolean =>
  [emails, pages, documents, social].every((tactics) => Object.keys(tactics).length === 0);

/** What the steps of a sequence name, of one kind of target. */
function namedInSteps({ steps }: SequenceDefinition, target: 'email' | 'post' | 'text'): Reference[] {
  return steps.flatMap((step, at) => {
    const to = namedBy(step);
    if (to === null || STEP_TYPES[step.kind].names !== target) return [];
    const tested = step.kind === 'email' ? (step.test ?? []) : [];
    return [
      { path: ['sequence', 'steps', at, step.kind], to },
      ...tested.map((email, place) => ({ path: ['sequence', 'steps', at, 'test', place], to: email })),
    ];
  });
}

/** Every condition of a sequence with its path. */
function conditionsOf({ steps, goals = [], exits = [] }: SequenceDefinition): { path: Path; when: Condition }[] {
  return [
    ...steps.flatMap((step, at) =>
      isChoice(step)
        ? step.transitions.map(({ when }, way) => ({ path: ['sequence', 'steps', at, step.kind, way], when }))
        : [],
    ),
    ...goals.map(({ when }, at) => ({ path: ['sequence', 'goals', at], when })),
    ...exits.map((when, at) => ({ path: ['sequence', 'exits', at], when })),
  ];
}

/** Every entry of a sequence with its path. */
const entryRulesOf = ({ entries: rules = [] }: SequenceDefinition): { path: Path; when: Entry['when'] }[] =>
  rules.map(({ when }, at) => ({ path: ['sequence', 'entries', at], when }));

function remedyFor(wrong: string, names: readonly string[]): string {
  const meant = closest(wrong, names);
  if (meant !== null) return `Did you mean "${meant}"?`;
  return names.length === 0
    ? 'Add it.'
    : `Add it, or use one of ${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}.`;
}

function entries<V, R>(record: Readonly<Record<string, V>>, each: (value: V, name: string) => R[]): R[] {
  return Object.entries(record).flatMap(([name, value]) => each(value, name));
}

function texts<K extends string>(path: Path, of: Readonly<Record<K, string>>, keys: readonly K[]): Reference[] {
  return keys.map((key) => ({ path: [...path, key], to: of[key] }));
}
