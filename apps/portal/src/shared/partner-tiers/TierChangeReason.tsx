import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TierChange } from '#contracts';
import { useFormat } from '../format';
import { RequirementList } from './RequirementList';

/** By which version of the rules or by whom a tier was changed, and what was measured then. */
export function TierChangeReason({ change }: { readonly change: TierChange }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { rulesVersion, byName, reason, untilOn, requirements } = change;
  if (rulesVersion !== null)
    return (
      <Stack gap={4}>
        <Text size="sm">{t('tiers.byRules', { number: rulesVersion })}</Text>
        <RequirementList requirements={requirements} />
      </Stack>
    );
  return (
    <Text size="sm">
      {t(untilOn === null ? 'tiers.byPerson' : 'tiers.byPersonUntil', {
        name: byName ?? '',
        reason: reason ?? '',
        day: untilOn === null ? '' : format.date(untilOn),
      })}
    </Text>
  );
}
