import { useTranslation } from 'react-i18next';
import type { RecallView } from '#contracts';
import { localised } from '../../../shared/localised';

type Recalled = Pick<RecallView, 'versionNumber' | 'tactic' | 'asset' | 'locale'> & { readonly group?: string | null };

/** Says in words what a recall takes in: `Version 2 · E-mail “welcome” · German · Gold partners`. */
export function useRecallText(): (recall: Recalled) => string {
  const { t, i18n } = useTranslation();
  return ({ versionNumber, tactic, asset, locale, group = null }) =>
    [
      versionNumber === null ? t('recalls.allVersions') : t('campaigns.version', { number: versionNumber }),
      asset !== null
        ? t('recalls.tactic.asset', { key: asset.title })
        : tactic === null
          ? t('recalls.allContents')
          : t(`recalls.tactic.${tactic.kind}`, { key: localised(tactic.name, i18n.language) || tactic.key }),
      locale === null
        ? t('recalls.allLanguages')
        : (new Intl.DisplayNames(i18n.language, { type: 'language' }).of(locale) ?? locale),
      group ?? t('recalls.allPartners'),
    ].join(' · ');
}
