import { bodyOf, parseSource, withoutTextsOf } from '#template-source';
import { isMap, isSeq } from 'yaml';
import type { FixName } from '../../../shared/GateList';
import type { Problem } from '../../../shared/gates';
import { catalogueOf } from '../copy-table';
import { declarationsOf, type NewTexts, templateOf } from '../new-files';
import { addStep, connectStep, END, freeKey, readSteps, removeStep } from '../sequence/steps';
import { changeYaml, readYamlOnly } from '../yaml-file';
import { namedKey, textOfKey } from './catalogue-keys';
import { isFileUsed, isKeyUsed } from './current-use';
import { withReadableText } from './colour-fix';
import { withPlaceholder } from './document-placeholders';
import { offsetAt } from './problem-place';

const CAMPAIGN = 'campaign.yaml';
const CATALOGUE = /^locales\/.+\.yaml$/;
const LINE_BREAKS = /[\s\p{Cc}\u2028\u2029]+/gu;

type Texts = Readonly<Record<string, string>>;

/** The one right answer to a problem. */
export interface Fix {
  /** What it does, for the text of its button. */
  readonly name: FixName;
  /** The changes, to the texts at the time of the call: several fixes follow each other. */
  readonly apply: (texts: Texts) => NewTexts;
}

/** The fix of a problem; null where an author has to decide. */
export function fixOf(problem: Problem, texts: Texts): Fix | null {
  return FIXES[problem.code]?.(problem, texts) ?? null;
}

type Find = (problem: Problem, texts: Texts) => Fix | null;

const FIXES: Readonly<Record<string, Find>> = {
  'key-unused': ({ message }) => {
    const [, key] = /^The text (.+) is not used\.$/.exec(message) ?? [];
    return key === undefined
      ? null
      : { name: 'removeText', apply: (now) => (isKeyUsed(now, key) ? {} : withoutKey(now, key)) };
  },
  'key-missing': ({ file, message }, texts) => {
    const key = namedKey(message);
    const source = Object.values(texts).length === 0 || key === null ? null : firstTextOf(texts, key);
    return key === null || source === null
      ? null
      : {
          name: 'copyText',
          apply: (now) =>
            textOfKey(now[file] ?? '', key) === null ? { [file]: withText(now[file] ?? '', key, source) } : {},
        };
  },
  'locale-missing': ({ message }, texts) => {
    const [, path, tag] = /^(\S+) has no text for (\S+)\.$/.exec(message) ?? [];
    const [first] = declarationsOf(texts).locales;
    if (path === undefined || tag === undefined || first === undefined) return null;
    return {
      name: 'copyText',
      apply: (now) => ({ [CAMPAIGN]: withTextOfFirst(now[CAMPAIGN] ?? '', path, first, tag) }),
    };
  },
  'locale-unknown': ({ message, line }) => {
    const [tag] = message.split(' ');
    return tag === undefined || line === null
      ? null
      : {
          name: 'removeLanguageText',
          apply: (now) => ({ [CAMPAIGN]: withoutTextsOf(now[CAMPAIGN] ?? '', tag) }),
        };
  },
  'subject-line-break': ({ file, message }) => {
    const [, key] = /^(.+) is a subject, and has a line break\.$/.exec(message) ?? [];
    return key === undefined
      ? null
      : { name: 'oneLine', apply: (now) => ({ [file]: onOneLine(now[file] ?? '', key) }) };
  },
  'file-unused': ({ file }) => ({
    name: 'removeFile',
    apply: (now) => (isFileUsed(now, file) ? {} : { [file]: null }),
  }),
  'brand-pair': (problem, texts) => colourFix(problem, texts),
  'contrast-low': (problem, texts) => colourFix(problem, texts),
  'pdf-slot-undeclared': ({ file, message }, texts) => {
    const [, name] = /placeholder for (\S+) that/.exec(message) ?? [];
    const isPossible = name !== undefined && withPlaceholder(texts, file, name) !== texts[CAMPAIGN];
    return isPossible
      ? { name: 'addPlaceholder', apply: (now) => ({ [CAMPAIGN]: withPlaceholder(now, file, name) }) }
      : null;
  },
  'lock-missing': ({ file, message }, texts) => {
    const [, name] = /lock “([^“”]+)”/.exec(message) ?? [];
    const lock = name === undefined ? null : lockOf(texts, name);
    return lock === null ? null : { name: 'addLock', apply: (now) => ({ [file]: withLock(now[file] ?? '', lock) }) };
  },
  'step-without-wait': ({ message }) => {
    const [, step] = /^The e-mail "([^"]+)" follows/.exec(message) ?? [];
    return step === undefined
      ? null
      : { name: 'addWait', apply: (now) => ({ [CAMPAIGN]: withWaitBefore(now[CAMPAIGN] ?? '', step) }) };
  },
  'step-runs-on': ({ message }) => {
    const [, step] = /^After "([^"]+)" comes/.exec(message) ?? [];
    return step === undefined
      ? null
      : { name: 'endHere', apply: (now) => ({ [CAMPAIGN]: endingAt(now[CAMPAIGN] ?? '', step) }) };
  },
  'step-pointless': ({ message }) => {
    const [, step] = /wait "([^"]+)"/.exec(message) ?? [];
    return step === undefined
      ? null
      : { name: 'removeStep', apply: (now) => ({ [CAMPAIGN]: withoutStep(now[CAMPAIGN] ?? '', step) }) };
  },
  'link-unknown': ({ file, message, remedy }) => {
    const [, wrong] = /no link called "([^"]+)"/.exec(message) ?? [];
    const [, meant] = /Did you mean \{\{links\.([a-zA-Z0-9]+)\}\}/.exec(remedy) ?? [];
    if (wrong === undefined || meant === undefined) return null;
    return {
      name: 'renameLink',
      apply: (now) => ({ [file]: (now[file] ?? '').replaceAll(`links.${wrong}}}`, `links.${meant}}}`) }),
    };
  },
};

/** Links have a colour of their own, in the text. */
const ON_SURFACE = /^Text in (?!\{\{brand\.link)\S+ on (\{\{[\w.]+\}\}|#[0-9a-f]{6}) /;

/** The text colour for the background, in the block with the text. */
function colourFix({ file, line, column, message }: Problem, texts: Texts): Fix | null {
  const [, surface] = ON_SURFACE.exec(message) ?? [];
  if (surface === undefined) return null;
  const withColour = (source: string): string => withReadableText(source, offsetAt(source, line, column), surface);
  const before = texts[file] ?? '';
  return withColour(before) === before
    ? null
    : { name: 'matchColours', apply: (now) => ({ [file]: withColour(now[file] ?? '') }) };
}

/** Without a text that nothing uses, in every language. */
function withoutKey(texts: Texts, key: string): NewTexts {
  return Object.fromEntries(
    Object.entries(texts)
      .filter(([path, text]) => CATALOGUE.test(path) && textOfKey(text, key) !== null)
      .map(([path, text]) => [path, changeYaml(text, (document) => removeWithEmptyParents(document, key.split('.')))]),
  );
}

function removeWithEmptyParents(
  document: Parameters<Parameters<typeof changeYaml>[1]>[0],
  path: readonly string[],
): void {
  document.deleteIn(path);
  const parent = path.slice(0, -1);
  const around = parent.length === 0 ? null : document.getIn(parent);
  if (isMap(around) && around.items.length === 0) removeWithEmptyParents(document, parent);
}

/** The text of a key in the first language that has it. */
function firstTextOf(texts: Texts, key: string): string | null {
  const found = declarationsOf(texts).locales.map((tag) => textOfKey(texts[catalogueOf(tag)] ?? '', key));
  return found.find((text) => text !== null) ?? null;
}

const withText = (catalogue: string, key: string, text: string): string =>
  changeYaml(catalogue, (document) => document.setIn(key.split('.'), text));

const withTextOfFirst = (campaign: string, path: string, first: string, tag: string): string =>
  changeYaml(campaign, (document) => {
    const at = path.split('.');
    if (!document.hasIn([...at, tag])) document.setIn([...at, tag], document.getIn([...at, first]));
  });

function onOneLine(catalogue: string, key: string): string {
  const text = textOfKey(catalogue, key);
  return text === null ? catalogue : withText(catalogue, key, text.replaceAll(LINE_BREAKS, ' ').trim());
}

/** A lock as the first e-mail with it has it. */
function lockOf(texts: Texts, name: string): string | null {
  for (const key of declarationsOf(texts).emails) {
    const source = texts[templateOf(texts, 'email', key)] ?? '';
    const lock = bodyOf(parseSource(source))?.children.find(
      (row) => row.name === 'tc-lock' && source.slice(row.start, row.openEnd).includes(`name="${name}"`),
    );
    if (lock !== undefined) return source.slice(lock.start, lock.end);
  }
  return null;
}

/** At the end of the e-mail. */
function withLock(source: string, lock: string): string {
  const end = source.lastIndexOf('</mj-body>');
  return end === -1 ? source : `${source.slice(0, end).trimEnd()}\n    ${lock}\n  ${source.slice(end)}`;
}

/** A wait of two days, which all ways to the step go through. */
function withWaitBefore(campaign: string, key: string): string {
  const steps = readSteps(campaign);
  const at = steps?.findIndex((step) => step.key === key) ?? -1;
  if (steps === null || at < 1) return campaign;
  const wait = freeKey(steps, 'pause');
  return changeYaml(campaign, (document) => {
    addStep(document, at - 1, { key: wait, wait: { days: 2 } });
    const list = document.getIn(['sequence', 'steps']);
    if (!isSeq(list)) return;
    for (const step of list.items) if (isMap(step) && step.get('key') !== wait) leadTo(step, key, wait);
  });
}

/** Ways that lead to a step lead to another. */
function leadTo(node: unknown, from: string, to: string): void {
  if (isSeq(node)) node.items.forEach((item) => leadTo(item, from, to));
  if (!isMap(node)) return;
  for (const way of ['next', 'then', 'else']) if (node.get(way) === from) node.set(way, to);
  for (const field of ['until', 'branch']) leadTo(node.get(field), from, to);
}

function endingAt(campaign: string, key: string): string {
  const at = readSteps(campaign)?.findIndex((step) => step.key === key) ?? -1;
  return at === -1 ? campaign : changeYaml(campaign, (document) => connectStep(document, at, null, END));
}

function withoutStep(campaign: string, key: string): string {
  const at = readSteps(campaign)?.findIndex((step) => step.key === key) ?? -1;
  return at === -1 ? campaign : changeYaml(campaign, (document) => removeStep(document, at));
}

/** All changes of several fixes, one after the other. */
export function applyAll(fixes: readonly Fix[], texts: Texts): NewTexts {
  let changes: NewTexts = {};
  for (const fix of fixes) changes = { ...changes, ...fix.apply(withChanges(texts, changes)) };
  return Object.fromEntries(Object.entries(changes).filter(([path, text]) => text === null || text !== texts[path]));
}

const withChanges = (texts: Texts, changes: NewTexts): Texts =>
  Object.fromEntries(
    Object.entries({ ...texts, ...changes }).filter((one): one is [string, string] => one[1] !== null),
  );

/** Whether `campaign.yaml` can be read: no fix is offered otherwise. */
export const canFix = (texts: Texts): boolean => readYamlOnly(texts[CAMPAIGN] ?? '').ok;
