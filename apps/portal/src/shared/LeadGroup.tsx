import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { HoldOutResult } from '#contracts';
import { useFormat } from './format';

/** The share of leads among the contacts of one group. */
export function LeadGroup({ label, group }: { readonly label: string; readonly group: HoldOutResult['written'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { people, leads } = group;
  return (
    <Stack gap={0}>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text fw={700} fz={22} style={{ fontVariantNumeric: 'tabular-nums' }}>
        {people === 0 ? '–' : format.share(leads / people)}
      </Text>
      <Text size="sm">
        {t('experiments.leadsOf', { count: leads, leads: format.number(leads), people: format.number(people) })}
      </Text>
    </Stack>
  );
}
