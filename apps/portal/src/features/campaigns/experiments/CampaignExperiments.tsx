import { Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCampaignExperiments } from './api';
import { ProgrammeHoldOut } from './ProgrammeHoldOut';
import { ProgrammeTest } from './ProgrammeTest';

/** What the hold-outs and the test of a campaign show its vendor. Nothing for a campaign without them. */
export function CampaignExperiments({ campaignId }: { readonly campaignId: string }) {
  const { t } = useTranslation();
  const { data } = useCampaignExperiments(campaignId);
  if (data === undefined || (data.holdOut === null && data.test === null)) return null;
  return (
    <Stack component="section" aria-labelledby="experiments">
      <Title order={2} id="experiments">
        {t('experiments.title')}
      </Title>
      {data.holdOut !== null && <ProgrammeHoldOut result={data.holdOut} />}
      {data.test !== null && <ProgrammeTest campaignId={campaignId} number={data.version} result={data.test} />}
    </Stack>
  );
}
