import { Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PartnerImportView } from '#contracts';
import { ImportPage } from '../../shared/list-import/ImportPage';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { importPartners, previewImport, useAttributes } from './api';
import { PlannedPartners } from './PlannedPartners';

/** Adds and changes partners from a file. */
export function ImportPartnersScreen() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <ImportPage<PartnerImportView['rows'][number]>
      title={t('partnerImport.title')}
      list={{ path: '/partners', name: t('partnerPage.all') }}
      guide={<Columns />}
      example={t('partnerImport.pastedExample')}
      question={t('partnerImport.question')}
      consequence={(numbers) => t('partnerImport.consequence', { ...numbers })}
      done={(numbers) => (
        <>
          <Text role="status">{t('partnerImport.doneCounts', { ...numbers })}</Text>
          {numbers.added !== '0' && <Text size="sm">{t('partnerImport.invitations')}</Text>}
        </>
      )}
      onPreview={previewImport}
      onImport={async (file, version) => {
        const done = await importPartners(file, version);
        await invalidate(client, queryKeys.partners, queryKeys.partnerGroups, queryKeys.partnerAttributes);
        return done;
      }}
      rows={(rows) => <PlannedPartners rows={rows} />}
    />
  );
}

/** Which columns a file may have. */
function Columns() {
  const { t } = useTranslation();
  const attributes = (useAttributes().data?.items ?? []).filter(({ owner }) => owner === 'vendor');
  return (
    <Stack gap={4}>
      <Text size="sm">{t('partnerImport.how')}</Text>
      <Text size="sm">{t('partnerImport.known')}</Text>
      {attributes.length > 0 && (
        <Text size="sm">{t('partnerImport.attributes', { names: attributes.map(({ name }) => name).join(', ') })}</Text>
      )}
    </Stack>
  );
}
