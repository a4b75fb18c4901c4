import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Text } from '@mantine/core';
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
            <Text size="sm">
              {t('attribution.report', {
                from: format.day(table.from),
                to: format.day(table.to),
                at: format.moment(at),
                by,
              })}{' '}
              {t('attribution.version', { version: table.modelsVersion })}
            </Text>
            <AttributionTables table={table} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
