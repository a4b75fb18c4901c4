import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { localised } from './localised';

/** Texts by language. */
type Texts = Readonly<Record<string, string>>;

/** Tactics of a version or of a working copy, for their names. */
export interface Tactics {
  readonly emails: readonly { readonly key: string; readonly subject: Texts }[];
  readonly pages: readonly { readonly key: string; readonly title: Texts }[];
  readonly documents: readonly { readonly key: string; readonly title: Texts }[];
  readonly social: readonly { readonly key: string; readonly text: Texts }[];
}

/** Length of the beginning of a post that stands for its name. */
const POST_CHARS = 48;

const wordsOf = ({ emails, pages, documents, social }: Tactics, kind: string, key: string) => {
  if (kind === 'emails') return emails.find((one) => one.key === key)?.subject;
  if (kind === 'pages') return pages.find((one) => one.key === key)?.title;
  if (kind === 'documents') return documents.find((one) => one.key === key)?.title;
  return kind === 'social' ? social.find((one) => one.key === key)?.text : undefined;
};

/**
 * The name of a tactic for a reader: its subject, title or first words.
 * Null if the version does not have it.
 */
export function useTacticName(tactics: Tactics | undefined): (kind: string, key: string) => string | null {
  const { language } = useTranslation().i18n;
  return useCallback(
    (kind, key) => {
      const words = tactics === undefined ? undefined : wordsOf(tactics, kind, key);
      const name = words === undefined ? '' : localised(words, language);
      if (name === '') return null;
      return kind === 'social' && name.length > POST_CHARS ? `${name.slice(0, POST_CHARS)}…` : name;
    },
    [tactics, language],
  );
}
