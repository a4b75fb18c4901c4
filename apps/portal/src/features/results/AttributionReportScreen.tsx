import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Anchor, Stack, Text } from '@mantine/core';
import { CsvLink } from '../../shared/CsvLink';
import { useFormat } from '../../shared/format';
import { Loaded, Page } from '../../shared/Page';
import { AttributionTables } from './Attribution';
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
              <Text size="sm" c="dimmed">
                {t('attribution.version', { version: table.modelsVersion })}
              </Text>
              <Anchor component={Link} to={`/results?from=${table.from}&to=${table.to}`} size="sm">
                {t('attribution.toResults')}
              </Anchor>
            </Stack>
            <AttributionTables table={table} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
