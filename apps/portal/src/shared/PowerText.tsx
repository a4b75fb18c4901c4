import { Text, type TextProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type PlannedExperiment, usePoints, usePower } from './experiments';
import { useFormat } from './format';

/** In words what a planned hold-out or test can show. Nothing while it is computed, or without people. */
export function PowerText({ planned, ...text }: { readonly planned: PlannedExperiment } & TextProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { points } = usePoints();
  const { data } = usePower(planned);
  if (data === undefined || planned.people === 0) return null;
  // Of the same plan: the sentence is read aloud, and would join new people with an old difference.
  const { smallest, planned: shown } = data;
  const { people, basePercent } = shown;
  const said = { count: people, people: format.number(people) };
  return (
    <Text aria-live="polite" {...text}>
      {smallest === null
        ? t('experiments.powerNone', said)
        : t('arms' in shown ? 'experiments.powerClicks' : 'experiments.power', {
            ...said,
            points: points(smallest),
            base: format.share(basePercent / 100),
          })}
    </Text>
  );
}
