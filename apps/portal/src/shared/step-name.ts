import { useTranslation } from 'react-i18next';
import type { StepName } from '#contracts';

/** What a step is called wherever it is spoken of: by what it does, and by its place among those that do the same. Its key is the author's. */
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
 * @param other what a step is called that is none of these; left out, it goes by its key: what an earlier version had is told apart so.
 */
export function useStepNameByKey(names: readonly StepName[], other?: string): (stepKey: string) => string {
  const stepName = useStepName();
  return (stepKey) => {
    const name = names.find((one) => one.stepKey === stepKey);
    return name === undefined ? (other ?? stepKey) : stepName(name);
  };
}
