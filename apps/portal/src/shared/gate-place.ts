import { useTranslation } from 'react-i18next';
import { useFormat } from './format';
import type { Problem } from './gates';

const KINDS = ['emails', 'pages', 'documents', 'social', 'images'] as const;

/**
 * Where a problem is, in an author's words: "E-mail “welcome”, line 12".
 * The file for what has no such words.
 */
export function usePlaceText(): (problem: Pick<Problem, 'file' | 'line'>) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ file, line }) => {
    const [, folder = '', name = ''] = /^([a-z]+)\/(.+)\.[a-z0-9]+$/i.exec(file) ?? [];
    const kind = KINDS.find((one) => one === folder);
    const part = ((): string => {
      if (file === 'campaign.yaml') return t('gates.places.campaign');
      if (folder === 'locales') return t('gates.places.locales', { language: format.language(name) });
      return kind === undefined ? file : t(`gates.places.${kind}`, { name });
    })();
    return line === null ? `${part}:` : `${t('gates.places.line', { part, line })}:`;
  };
}
