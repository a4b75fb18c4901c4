import { useTranslation } from 'react-i18next';
import type { StepName } from '#contracts';

/** What a step is called wherever it is spoken of: an e-mail by its place among the e-mails of the sequence, anything else by what it does. */
export function useStepWords(): (step: Pick<StepName, 'stepKey' | 'kind' | 'number'>) => string {
  const { t } = useTranslation();
  return ({ stepKey, kind, number }) =>
    number === null ? t(`dryRun.kind.${kind}`, { stepKey }) : t('review.step', { number });
}

/** The same by key; what is none of these steps, a way or a wait, goes by its key. */
export function useStepsByKey(names: readonly StepName[]): (stepKey: string) => string {
  const inWords = useStepWords();
  return (stepKey) => {
    const name = names.find((one) => one.stepKey === stepKey);
    return name === undefined ? stepKey : inWords(name);
  };
}
