import { isMap } from 'yaml';
import type { Tactics } from '../../shared/tactic-names';
import { copyOf, type Texts } from './builder/email-copy';
import { declarationsOf } from './new-files';
import { readYamlOnly } from './yaml-file';

/** Names of the e-mails, pages, documents and posts of the working copy, which may be newer than those of the version. */
export function currentTactics(texts: Texts): Tactics {
  const file = readYamlOnly(texts['campaign.yaml'] ?? '');
  const copies = declarationsOf(texts).locales.map((locale) => [locale, copyOf(texts, locale)] as const);
  const named = (section: string, field: string): { key: string; words: Record<string, string> }[] => {
    const all = file.ok ? file.document.get(section) : null;
    if (!isMap(all)) return [];
    const written = all.toJSON() as Record<string, Record<string, unknown> | null>;
    return Object.entries(written).map(([key, entry]) => {
      const text = entry?.[field];
      const wordsIn = (copy: ReadonlyMap<string, string>) => (typeof text === 'string' ? (copy.get(text) ?? '') : '');
      return { key, words: Object.fromEntries(copies.map(([locale, copy]) => [locale, wordsIn(copy)])) };
    });
  };
  return {
    emails: named('emails', 'subject').map(({ key, words }) => ({ key, subject: words })),
    pages: named('pages', 'title').map(({ key, words }) => ({ key, title: words })),
    documents: named('documents', 'title').map(({ key, words }) => ({ key, title: words })),
    social: named('social', 'text').map(({ key, words }) => ({ key, text: words })),
  };
}
