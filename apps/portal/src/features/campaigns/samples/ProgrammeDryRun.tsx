import { Button, List, Stack, Table, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconUsersGroup } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail, ProgrammeDryRunView } from '#contracts';
import { useFormat } from '../../../shared/format';
import { Loaded } from '../../../shared/Page';
import { ProblemNote } from '../../../shared/ProblemNote';
import { useCan } from '../../../shared/session';
import { requestForecast, useForecast } from '../api';
import { useStepTitle } from '../step-title';
import { useVendorReason } from '../vendor-reason';
import { WideTable } from '../../../shared/WideTable';

type Forecast = NonNullable<ProgrammeDryRunView['forecast']>;
type Run = NonNullable<Forecast['run']>;

/**
 * Shows a vendor a forecast across the contacts of all partners, and requests
 * it. Only totals with noise: a vendor sees no partner's contacts.
 */
export function ProgrammeDryRun({ version }: { readonly version: CampaignVersionDetail }) {
  const { t } = useTranslation();
  const query = useForecast(version.campaignId, version.number);
  return (
    <Stack component="section" aria-labelledby="programme-run">
      <div>
        <Title order={2} id="programme-run">
          {t('programmeRun.title')}
        </Title>
        <Text size="sm" c="dimmed" maw={760}>
          {t('programmeRun.lead')}
        </Text>
      </div>
      <Loaded query={query} height={160}>
        {(state) => (
          <>
            {state.forecast !== null && <ForecastResult version={version} forecast={state.forecast} />}
            <Request version={version} state={state} />
          </>
        )}
      </Loaded>
    </Stack>
  );
}

interface RequestProps {
  readonly version: CampaignVersionDetail;
  readonly state: ProgrammeDryRunView;
}

/** The number of forecasts that are left, and the button or what prevents it. */
function Request({ version, state: { obstacle, budget } }: RequestProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const client = useQueryClient();
  const ask = useMutation({
    mutationFn: () => requestForecast(version.campaignId, version.number),
    onSuccess: () => client.invalidateQueries(),
  });
  const { perYear, left, nextAt } = budget;
  const counts = { perYear: format.number(perYear), left: format.number(left) };
  return (
    <Stack gap="xs" align="flex-start">
      {obstacle === null && can('campaigns.submit') && (
        <Button
          leftSection={<IconUsersGroup size={18} aria-hidden />}
          loading={ask.isPending}
          onClick={() => ask.mutate()}
        >
          {t('programmeRun.run')}
        </Button>
      )}
      {obstacle !== null && <Text size="sm">{t(`programmeRun.obstacle.${obstacle}`)}</Text>}
      <Text size="sm" c="dimmed">
        {nextAt === null
          ? t('programmeRun.left', counts)
          : t('programmeRun.leftNext', { ...counts, next: format.date(nextAt) })}
      </Text>
      <ProblemNote error={ask.error} />
    </Stack>
  );
}

interface ForecastProps {
  readonly version: CampaignVersionDetail;
  readonly forecast: Forecast;
}

function ForecastResult({ version, forecast: { requestedAt, readyAt, run } }: ForecastProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (run === null) return <Text role="status">{t('programmeRun.readyAt', { at: format.moment(readyAt) })}</Text>;
  const margin = format.number(run.margin);
  return (
    <Stack>
      <div role="status">
        <Text fw={600}>
          {run.total === null || run.reached === null
            ? t('programmeRun.tooSmall', { smallest: format.number(run.smallest) })
            : t('programmeRun.reached', {
                reached: format.number(run.reached),
                total: format.number(run.total),
                margin,
              })}
        </Text>
        <Text size="sm" c="dimmed" maw={760}>
          {t('programmeRun.asOf', { at: format.moment(requestedAt) })} {t('programmeRun.noise', { margin })}
        </Text>
      </div>
      <Steps version={version} run={run} />
      <Skipped run={run} />
      <List size="sm" c="dimmed" spacing={2} maw={760}>
        <List.Item>{t('programmeRun.smallHidden', { smallest: format.number(run.smallest) })}</List.Item>
        <List.Item>{t('programmeRun.optOutsCounted')}</List.Item>
        <List.Item>{t('programmeRun.withoutLimits')}</List.Item>
      </List>
    </Stack>
  );
}

function Steps({ version, run }: { readonly version: CampaignVersionDetail; readonly run: Run }) {
  const { t } = useTranslation();
  const stepTitle = useStepTitle(version);
  const format = useFormat();
  return (
    <WideTable label={t('programmeRun.steps')} minWidth={360}>
      <Table verticalSpacing="xs" aria-label={t('programmeRun.steps')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('programmeRun.step')}</Table.Th>
            <Table.Th>{t('programmeRun.willGet')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {run.steps.map(({ stepKey, willGet }) => (
            <Table.Tr key={stepKey}>
              <Table.Th scope="row" fw={500}>
                {stepTitle(stepKey)}
              </Table.Th>
              <Table.Td>
                {willGet === null
                  ? t('programmeRun.few', { smallest: format.number(run.smallest) })
                  : t('programmeRun.number', { number: format.number(willGet), margin: format.number(run.margin) })}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </WideTable>
  );
}

/** Reasons of contacts that get no e-mail, as far as the numbers are shown. */
function Skipped({ run }: { readonly run: Run }) {
  const { t } = useTranslation();
  const format = useFormat();
  const vendorReason = useVendorReason();
  if (run.skipped.length === 0) return null;
  return (
    <div>
      <Title order={3} size="h4">
        {t('programmeRun.others')}
      </Title>
      <List size="sm" spacing={2} mt="xs">
        {run.skipped.map(({ reason, sentence, count }) => (
          <List.Item key={reason}>
            {t('programmeRun.number', { number: format.number(count), margin: format.number(run.margin) })}:{' '}
            {reason === 'other' ? t('programmeRun.otherReason') : vendorReason({ reason, sentence })}
          </List.Item>
        ))}
      </List>
    </div>
  );
}
