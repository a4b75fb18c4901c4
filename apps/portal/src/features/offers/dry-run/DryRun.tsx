import { List, Progress, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DryRunView, OfferDetail } from '#contracts';
import { useFormat } from '../../../shared/format';
import { Loaded } from '../../../shared/Page';
import { DayCalendar } from './DayCalendar';
import { EnterByDate } from './EnterByDate';
import { PersonForecasts } from './PersonForecasts';
import { useForecast } from './forecast';
import type { Plan } from './plan';
import { StepForecasts } from './StepForecasts';

interface DryRunProps {
  readonly offer: OfferDetail;
  readonly plan: Plan;
}

/** Shows a partner what a launch would do by day, by step and by contact. */
export function DryRun({ offer, plan }: DryRunProps) {
  const { t } = useTranslation();
  const run = useForecast(offer.versionId, plan);
  return (
    <Loaded query={run} height={480}>
      {(forecast) => (
        <Stack gap="xl">
          <Summary forecast={forecast} />
          <EnterByDate forecast={forecast} />
          <HowFar forecast={forecast} />
          <Stack component="section" gap="sm" aria-labelledby="dry-run-days">
            <Title order={3} id="dry-run-days">
              {t('dryRun.days')}
            </Title>
            <DayCalendar offer={offer} forecast={forecast} />
          </Stack>
          <Stack component="section" gap="sm" aria-labelledby="dry-run-steps">
            <Title order={3} id="dry-run-steps">
              {t('dryRun.steps')}
            </Title>
            <StepForecasts offer={offer} forecast={forecast} />
          </Stack>
          <Stack component="section" gap="sm" aria-labelledby="dry-run-people">
            <Title order={3} id="dry-run-people">
              {t('dryRun.people')}
            </Title>
            {forecast.isComplete && <PersonForecasts offer={offer} plan={plan} asOf={forecast.asOf} />}
          </Stack>
        </Stack>
      )}
    </Loaded>
  );
}

/** Time of the forecast, whether it is outdated, and its progress. */
function HowFar({ forecast }: { readonly forecast: DryRunView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { asOf, isCurrent, isComplete, progress } = forecast;
  const at = format.moment(asOf);
  if (isComplete && isCurrent)
    return (
      <Text size="sm" c="dimmed">
        {t('dryRun.asOf', { at })}
      </Text>
    );
  const words = t('dryRun.progress', { people: format.number(progress.people), of: format.number(progress.of) });
  return (
    <Stack gap={6} role="status">
      <Text size="sm">
        {!isCurrent && `${t('dryRun.changed', { at })} `}
        {words}
      </Text>
      <Progress value={progress.of === 0 ? 0 : (100 * progress.people) / progress.of} aria-label={words} />
    </Stack>
  );
}

/** Number of contacts that receive messages, and the time zones used. */
function Summary({ forecast }: { readonly forecast: DryRunView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { reached, total, later, steps, zones, timeZone } = forecast;
  const emails = steps.filter(({ kind }) => kind === 'email');
  const first = emails.flatMap((step) => step.first ?? []).sort()[0];
  const last = emails
    .flatMap((step) => step.last ?? [])
    .sort()
    .at(-1);
  return (
    <Stack gap="xs">
      <Text fw={600}>
        {t('dryRun.reached', { count: reached, reached: format.number(reached), total: format.number(total) })}
      </Text>
      <Text size="sm" c="dimmed">
        {first !== undefined &&
          last !== undefined &&
          t('dryRun.assumed', {
            from: format.weekday(first, timeZone),
            until: format.weekday(last, timeZone),
            zone: timeZone,
          })}
        {later > 0 && ` ${t('dryRun.later', { count: later, later: format.number(later) })}`}
      </Text>
      {zones.length > 0 && (
        <List size="sm" spacing={2}>
          {zones.map(({ source, count }) => (
            <List.Item key={source}>
              {t('activation.people', { count, number: format.number(count) })}:{' '}
              {t(`dryRun.zone.${source as 'contact'}`)}
            </List.Item>
          ))}
        </List>
      )}
    </Stack>
  );
}
