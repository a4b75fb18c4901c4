import { useTranslation } from 'react-i18next';
import type { AttributionChannel } from '#contracts';
import { useReaderTitle } from './reader-title';
import { useStepName } from './step-name';

/** What a channel of an attribution is called: a step, or what led to the page. The campaign is apart. */
export function useChannelName(): (channel: AttributionChannel) => {
  readonly campaign: string;
  readonly part: string;
} {
  const { t } = useTranslation();
  const readerTitle = useReaderTitle();
  const stepName = useStepName();
  return (channel) => {
    const { name, stepKey, source } = channel;
    const step = name === null ? t('dryRun.earlierStep', { key: stepKey ?? '' }) : stepName(name);
    const part = source === null ? step : t('attribution.page', { source: t(`sources.of.${source}`) });
    return { campaign: readerTitle(channel), part };
  };
}
