import { Paper, Stack, Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { useCan } from '../../shared/session';
import { partnerTermsKey, savePartnerTerms, usePartnerTerms } from './api';

/** Whether only partners that show their totals may join. */
export function TotalsCondition() {
  const { t } = useTranslation();
  const can = useCan();
  const client = useQueryClient();
  const terms = usePartnerTerms();
  const save = useMutation({
    mutationFn: (requiresTotals: boolean) => savePartnerTerms({ requiresTotals }),
    onSuccess: (saved) => client.setQueryData(partnerTermsKey, saved),
  });
  return (
    <Loaded query={terms} height={70}>
      {({ requiresTotals }) => (
        <Paper withBorder p="md">
          <Stack gap="xs">
            <Switch
              label={t('totals.condition')}
              description={t('totals.conditionWhy')}
              checked={save.isPending ? save.variables : requiresTotals}
              disabled={!can('partners.edit') || save.isPending}
              onChange={(event) => save.mutate(event.currentTarget.checked)}
            />
            <ProblemNote error={save.error} />
          </Stack>
        </Paper>
      )}
    </Loaded>
  );
}
