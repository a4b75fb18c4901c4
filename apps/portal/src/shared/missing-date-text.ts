import { useTranslation } from 'react-i18next';
import type { DatesView } from '#contracts';
import { useTranslateCode } from './translate-code';

/**
 * Why a step has no date: it is skipped, or it depends on an action of the
 * contact.
 */
export function useMissingDateText(): (why: DatesView['steps'][number]['why']) => string {
  const { t } = useTranslation();
  const translateCode = useTranslateCode();
  return (why) => {
    if (why === null) return t('choices.onlyIf');
    return why.reason === 'skipped-by-partner'
      ? t('choices.leftOut')
      : translateCode('reasons', why.reason, why.sentence);
  };
}
