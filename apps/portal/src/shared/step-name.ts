import { useTranslation } from 'react-i18next';
import type { StepName } from '#contracts';

/**
 * Display name of a step: its kind, and its number among steps of that kind.
 * The key is only for authors.
 */
export function useStepName(): (step: Pick<StepName, 'stepKey' | 'kind' | 'number'>) => string {
  const { t } = useTranslation();
  return ({ kind, number }) => {
    if (number === null) return t(`dryRun.kind.${kind}`);
    return kind === 'email'
      ? t('review.step', { number })
      : t('dryRun.oneOf', { what: t(`dryRun.kind.${kind}`), number });
  };
}

/**
 * The same by key.
 * @param other name of a step that is not in `names`. By default it has its key,
 *   so that steps of earlier versions are distinguishable.
 */
export function useStepNameByKey(names: readonly StepName[], other?: string): (stepKey: string) => string {
  const { t } = useTranslation();
  const stepName = useStepName();
  return (stepKey) => {
    const name = names.find((one) => one.stepKey === stepKey);
    return name === undefined ? (other ?? t('dryRun.earlierStep', { key: stepKey })) : stepName(name);
  };
}
