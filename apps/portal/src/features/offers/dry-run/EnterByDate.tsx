import { Alert, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DryRunView } from '#contracts';
import { useDateRuleText } from '../../../shared/date-rule-text';
import { useFormat } from '../../../shared/format';

/** More on one day than a partner expects of a campaign that runs by itself. */
const MANY = 500;

/** Whose date comes in the time of a dry run, by rule, and a warning of a day with very many. */
export function EnterByDate({ forecast }: { readonly forecast: DryRunView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const ruleText = useDateRuleText();
  const { byDate, timeZone } = forecast;
  if (byDate.length === 0) return null;
  const until = format.date(forecast.until, timeZone);
  return (
    <Stack gap="xs">
      {byDate.map(({ entryKey, field, days, people, most }) => {
        const name = ruleText(field, days);
        const text = t('dryRun.byDate', { count: people, people: format.number(people), name, until });
        if (most === null || most.people < MANY)
          return (
            <Text key={entryKey} size="sm">
              {text}
            </Text>
          );
        return (
          <Alert key={entryKey} color="yellow" title={text}>
            {t('dryRun.manyOnDay', { people: format.number(most.people), on: format.day(most.on) })}
          </Alert>
        );
      })}
    </Stack>
  );
}
