import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Anchor, Stack, Text } from '@mantine/core';
import { CsvLink } from '../../shared/CsvLink';
import { useFormat } from '../../shared/format';
import { Loaded, Page } from '../../shared/Page';
import { AttributionTables } from './Attribution';
import type { AttributionTable } from '#contracts';
import { useAttributionReport } from './api';

/** An attribution as it was kept. It never changes. */
export function AttributionReportScreen() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const format = useFormat();
  const report = useAttributionReport(id);
  return (
    <Page
      title={t('attribution.reportTitle')}
      lead={t('attribution.reportLead')}
      actions={<CsvLink path={`/insight/attribution-reports/${id}/table.csv`} label={t('attribution.csv')} />}
    >
      <Loaded query={report} height={320}>
        {({ table, at, by }) => (
          <>
            <Stack gap={4}>
              <Text size="sm">
                {t('attribution.report', {
                  from: format.day(table.from),
                  to: format.day(table.to),
                  at: format.moment(at),
                  by,
                })}
              </Text>
              <Anchor component={Link} to={`/results?from=${table.from}&to=${table.to}`} size="sm">
                {t('attribution.toResults')}
              </Anchor>
            </Stack>
            <StandsOn table={table} />
            <AttributionTables table={table} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** The version of the models and the last events of the ledgers that were counted. */
function StandsOn({ table: { modelsVersion, position } }: { readonly table: AttributionTable }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { dealEventId, dealEventAt, interactionId, interactionAt, verdictAt } = position;
  const eventText = (id: string | null, at: string | null): string => {
    if (id === null) return t('attribution.noEvent');
    return `${at === null ? t('attribution.noTime') : format.moment(at)} (${id})`;
  };
  const facts = [
    ['modelsVersion', format.number(modelsVersion)],
    ['lastDealEvent', eventText(dealEventId, dealEventAt)],
    ['lastInteraction', eventText(interactionId, interactionAt)],
    ['lastVerdict', verdictAt === null ? t('attribution.noEvent') : format.moment(verdictAt)],
  ] as const;
  return (
    <Stack component="section" gap={4} aria-label={t('attribution.standsOn')}>
      <Text size="sm" fw={600}>
        {t('attribution.standsOn')}
      </Text>
      {facts.map(([name, value]) => (
        <Text key={name} size="sm" style={{ overflowWrap: 'anywhere' }}>
          {t(`attribution.${name}`)}: {value}
        </Text>
      ))}
    </Stack>
  );
}
