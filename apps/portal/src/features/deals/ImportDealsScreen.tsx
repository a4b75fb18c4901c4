import { Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ImportPage } from '../../shared/list-import/ImportPage';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { importDeals, previewImport } from './api';
import { PastImports } from './PastImports';
import { PlannedDeals } from './PlannedDeals';

/** Adds and changes deals from a file. */
export function ImportDealsScreen() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <ImportPage
      title={t('dealImport.title')}
      list={{ path: '/deals', name: t('dealImport.all') }}
      guide={
        <Stack gap={4}>
          <Text size="sm">{t('dealImport.how')}</Text>
          <Text size="sm">{t('dealImport.known')}</Text>
        </Stack>
      }
      example={t('dealImport.example')}
      question={t('dealImport.question')}
      consequence={(numbers) => t('dealImport.consequence', { ...numbers })}
      done={(numbers) => <Text role="status">{t('dealImport.doneCounts', { ...numbers })}</Text>}
      onPreview={previewImport}
      onImport={async (file, version) => {
        const done = await importDeals(file, version);
        await invalidate(client, queryKeys.deals, queryKeys.leads);
        return done;
      }}
      rows={(rows) => <PlannedDeals rows={rows} />}
      after={<PastImports />}
    />
  );
}
