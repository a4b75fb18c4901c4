import { Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ActivationDetail } from '#contracts';
import { Loaded } from '../../shared/Page';
import { useActivationInsight } from '../../shared/requests';
import { ResultFigures } from '../../shared/ResultFigures';

/** What an activation brought since its launch. Nothing while it runs. */
export function ActivationResults({ activation: { id, endedAt } }: { readonly activation: ActivationDetail }) {
  return endedAt === null ? null : <Ended activationId={id} />;
}

function Ended({ activationId }: { readonly activationId: string }) {
  const { t } = useTranslation();
  const insight = useActivationInsight(activationId);
  return (
    <Stack component="section" aria-labelledby="brought">
      <Title order={2} id="brought">
        {t('activation.brought')}
      </Title>
      <Loaded query={insight} height={110}>
        {(results) => <ResultFigures {...results} />}
      </Loaded>
    </Stack>
  );
}
