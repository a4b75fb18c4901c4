import { Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ActivationDetail } from '#contracts';
import { HoldOutCard } from '../../shared/HoldOutCard';
import { TestCard } from '../../shared/TestCard';
import { useActivationExperiments } from './api';

/** What the hold-out and the test of a campaign show the partner. Nothing for a campaign without them. */
export function ActivationExperiments({ activation: { id, names } }: { readonly activation: ActivationDetail }) {
  const { t } = useTranslation();
  const { data } = useActivationExperiments(id);
  if (data === undefined || (data.holdOut === null && data.test === null)) return null;
  return (
    <Stack component="section" aria-labelledby="experiments">
      <Title order={2} id="experiments">
        {t('experiments.title')}
      </Title>
      {data.holdOut !== null && <HoldOutCard result={data.holdOut} />}
      {data.test !== null && <TestCard result={data.test} names={names} />}
    </Stack>
  );
}
