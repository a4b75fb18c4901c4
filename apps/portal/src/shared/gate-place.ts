import { useTranslation } from 'react-i18next';
import { useFormat } from './format';
import type { Problem } from './gates';
import { type Tactics, useTacticName } from './tactic-names';

const KINDS = ['emails', 'pages', 'documents', 'social', 'images'] as const;

/**
 * Where a problem is, in an author's words: "E-mail “welcome”, line 12".
 * The file for what has no such words.
 * @param tactics whose subjects and titles replace keys
 */
export function usePlaceText(tactics?: Tactics): (problem: Pick<Problem, 'file' | 'line'>) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const tacticName = useTacticName(tactics);
  return ({ file, line }) => {
    const [, folder = '', name = ''] = /^([a-z]+)\/(.+)\.[a-z0-9]+$/i.exec(file) ?? [];
    const kind = KINDS.find((one) => one === folder);
    const part = ((): string => {
      if (file === 'campaign.yaml') return t('gates.places.campaign');
      if (folder === 'locales') return t('gates.places.locales', { language: format.language(name) });
      if (kind === undefined) return file;
      const [key = name, ...rest] = name.split(/[./]/);
      // The last part may be a language or a format.
      const tag = rest.findLast((one) => /^[a-z]{2}(?:-[A-Z]{2})?$/.test(one));
      const named = tacticName(kind, key);
      const part = t(`gates.places.${kind}`, { name: named ?? name });
      return named === null || tag === undefined
        ? part
        : t('gates.places.inLanguage', { part, language: format.language(tag) });
    })();
    return line === null ? `${part}:` : `${t('gates.places.line', { part, line })}:`;
  };
}
