import type { TemplateType } from '#contracts';
import { isMap, isNode, isPair, isScalar } from 'yaml';
import type { Problem } from '../../../shared/gates';
import { declarationsOf, templateOf } from '../new-files';
import { readYamlOnly } from '../yaml-file';
import { keyAtLine, namedKey } from './catalogue-keys';

const CAMPAIGN = 'campaign.yaml';

type Texts = Readonly<Record<string, string>>;

/** Where an author corrects a problem without code. */
export type ProblemPlace =
  | {
      readonly tab: 'design';
      readonly kind: TemplateType;
      readonly key: string;
      readonly locale: string | null;
      /** In the source, in a block. */
      readonly offset: number;
    }
  | { readonly tab: 'copy'; readonly search: string }
  | { readonly tab: 'artwork'; readonly artwork: string }
  | { readonly tab: 'details' | 'sequence' | 'slots' | 'files' };

/** The block, text or form of a problem; the file where there is none. */
export function placeOf({ file, line, column, message }: Problem, texts: Texts): ProblemPlace {
  const text = texts[file] ?? '';
  const template = templateAt(texts, file);
  if (template !== null) return { tab: 'design', ...template, locale: null, offset: offsetAt(text, line, column) };
  const [, tag] = /^locales\/(.+)\.yaml$/.exec(file) ?? [];
  if (tag !== undefined) return placeOfText(texts, tag, keyAtLine(text, line) ?? namedKey(message));
  const [, folder, name] = /^(documents|social)\/([a-z0-9-]+)\./.exec(file) ?? [];
  if (folder !== undefined && name !== undefined)
    return { tab: 'artwork', artwork: `${folder === 'social' ? 'social' : 'document'} ${name}` };
  return file === CAMPAIGN ? placeInCampaign(text, line) : { tab: 'files' };
}

/** The e-mail or page that has this file. */
function templateAt(texts: Texts, file: string): { readonly kind: TemplateType; readonly key: string } | null {
  const { emails, pages } = declarationsOf(texts);
  const all = [
    ...emails.map((key) => ({ kind: 'email' as const, key })),
    ...pages.map((key) => ({ kind: 'page' as const, key })),
  ];
  return all.find(({ kind, key }) => templateOf(texts, kind, key) === file) ?? null;
}

/** The first block that shows a text; else its row among all texts. */
function placeOfText(texts: Texts, tag: string, key: string | null): ProblemPlace {
  if (key === null) return { tab: 'copy', search: '' };
  const { emails, pages } = declarationsOf(texts);
  const all = [...emails.map((name) => ['email', name] as const), ...pages.map((name) => ['page', name] as const)];
  for (const [kind, name] of all) {
    const offset = (texts[templateOf(texts, kind, name)] ?? '').indexOf(`t "${key}"`);
    if (offset !== -1) return { tab: 'design', kind, key: name, locale: tag, offset };
  }
  return { tab: 'copy', search: key };
}

const PARTS: Readonly<Record<string, 'details' | 'sequence' | 'slots' | 'artwork'>> = {
  title: 'details',
  summary: 'details',
  theme: 'details',
  locales: 'details',
  brand: 'details',
  links: 'details',
  locks: 'details',
  sequence: 'sequence',
  leads: 'sequence',
  slots: 'slots',
  documents: 'artwork',
  social: 'artwork',
};

/** The form of a line of `campaign.yaml`. */
function placeInCampaign(campaign: string, line: number | null): ProblemPlace {
  const file = readYamlOnly(campaign);
  if (!file.ok || line === null || !isMap(file.document.contents)) return { tab: 'files' };
  const offset = offsetAt(campaign, line + 1, 1);
  const field = file.document.contents.items.findLast((pair) => {
    const start = isPair(pair) && isNode(pair.key) ? pair.key.range?.[0] : undefined;
    return start !== undefined && start < offset;
  });
  const part = isScalar(field?.key) ? PARTS[String(field.key.value)] : undefined;
  if (part === undefined) return { tab: 'files' };
  return part === 'artwork' ? { tab: part, artwork: '' } : { tab: part };
}

/** The offset of a line and column, both counted from 1. */
export function offsetAt(text: string, line: number | null, column: number | null): number {
  const before = text.split('\n').slice(0, (line ?? 1) - 1);
  const start = before.reduce((sum, one) => sum + one.length + 1, 0);
  return Math.min(text.length, start + (column ?? 1) - 1);
}
