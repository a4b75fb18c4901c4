import { useTranslation } from 'react-i18next';
import type { DatesView } from '#contracts';
import { useSentence } from './sentence';

/** Why a step has no date: nobody gets it, or only who does something. */
export function useNoDate(): (why: DatesView['steps'][number]['why']) => string {
  const { t } = useTranslation();
  const inWords = useSentence();
  return (why) => {
    if (why === null) return t('choices.onlyIf');
    return why.reason === 'skipped-by-partner' ? t('choices.leftOut') : inWords('reasons', why.reason, why.sentence);
  };
}
