import { Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ImportPage } from '../../shared/list-import/ImportPage';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { importCosts, previewCosts } from './api';
import { PlannedCosts } from './PlannedCosts';

/** Enters and changes costs from a file. */
export function ImportCostsScreen() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <ImportPage
      title={t('costImport.title')}
      list={{ path: '/costs', name: t('costImport.all') }}
      guide={
        <Stack gap={4}>
          <Text size="sm">{t('costImport.how')}</Text>
          <Text size="sm">{t('costImport.known')}</Text>
        </Stack>
      }
      example={t('costImport.example')}
      question={t('costImport.question')}
      consequence={(numbers) => t('costImport.consequence', { ...numbers })}
      done={(numbers) => <Text role="status">{t('costImport.doneCounts', { ...numbers })}</Text>}
      onPreview={previewCosts}
      onImport={async (file, version) => {
        const done = await importCosts(file, version);
        await invalidate(client, queryKeys.costs, queryKeys.returns);
        return done;
      }}
      rows={(rows) => <PlannedCosts rows={rows} />}
    />
  );
}
