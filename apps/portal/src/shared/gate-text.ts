import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

interface Said {
  readonly code?: string | undefined;
  readonly message: string;
  readonly remedy?: string | undefined;
}

/**
 * Names in an English message: quoted text, tags, fields, colours, and numbers
 * with units.
 */
const NAMED =
  /[“"]([^“”"]{1,80})[”"]|(\{\{[^{}“”"]{1,60}\}\}|<[a-z][^<>“”"]{0,60}>|#[0-9a-f]{6}\b|\d[\d.,]*(?: ?: ?1| kB| %| characters)?)/gi;
const MEANT = /Did you mean ([^?]{1,80})\?/;

/**
 * Names and numbers in the API's English message, without duplicates, for a
 * translation that has no placeholders for them.
 */
export function valuesIn({ message, remedy = '' }: Said): {
  readonly names: readonly string[];
  readonly meant: string | null;
} {
  const names = [...message.matchAll(NAMED)].map(([whole, quoted, bare]) => quoted ?? bare ?? whole);
  return { names: [...new Set(names)], meant: MEANT.exec(remedy)?.[1] ?? null };
}

/** Checks that have a sentence for marketers, without code. */
const PLAIN = [
  'text-placeholder',
  'text-from-template',
  'text-untranslated',
  'text-literal',
  'key-unused',
  'key-missing',
  'locale-missing',
  'file-unused',
  'alt-missing',
  'picture-heavy',
  'lock-missing',
  'form-missing',
  'slot-missing',
  'step-without-wait',
  'step-runs-on',
  'step-pointless',
  'email-unused',
  'link-unknown',
  'subject-line-break',
  'subject-length',
  'preheader-length',
  'unsubscribe-missing',
  'postal-address-missing',
  'legal-name-missing',
  'contrast-low',
  'brand-pair',
  'brand-contrast',
  'pdf-slot-undeclared',
  'fallback-missing',
] as const;

/**
 * Problem of a package and its correction: in a marketer's words, else
 * translated, else the API's own English text.
 */
export function useGateText(): (said: Said) => string {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  return useCallback(
    (said) => {
      const plain = PLAIN.find((code) => code === said.code);
      if (plain !== undefined) return t(`gates.plain.${plain}`, { name: inWords(nameIn(said), t) });
      const found: unknown = i18n.getResource(language, 'gates', said.code ?? '', { keySeparator: false });
      if (!Array.isArray(found)) return [said.message, said.remedy].filter(Boolean).join(' ');
      const [wrong = '', remedy = ''] = found as readonly string[];
      const { names, meant } = valuesIn(said);
      return [
        names.length === 0 ? wrong : t('gates.about', { wrong: wrong.replace(/\.$/, ''), names: names.join(', ') }),
        meant === null ? '' : t('gates.meant', { meant }),
        remedy,
      ]
        .filter(Boolean)
        .join(' ');
    },
    [t, i18n, language],
  );
}

/** The text of a message that ends with `: “text”.`; null: it ends with something else. */
function quotedAtEnd(message: string): string | null {
  const start = message.indexOf(': “');
  const end = message.replace(/\.$/, '');
  return start === -1 || !end.endsWith('”') ? null : end.slice(start + 3, -1);
}

/**
 * The name that a sentence for marketers has: that of a placeholder in a PDF, the text that the message
 * ends with, or its first name. A key of a text can have numbers that are no names.
 */
export const nameIn = (said: Said): string =>
  /placeholder for (\S+) that/.exec(said.message)?.[1] ??
  quotedAtEnd(said.message)?.replaceAll(/<[^<>]*>/g, '') ??
  valuesIn(said).names[0] ??
  '';

const CHARACTERS = /^(\d+) characters$/;

/** A number of characters in the user's language; any other name as it is. */
function inWords(name: string, t: TFunction): string {
  const [, count] = CHARACTERS.exec(name) ?? [];
  return count === undefined ? name : t('gates.characters', { count: Number(count) });
}
