import { Anchor, Button, Group, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { DataSubjectExport } from '#contracts';
import { useFormat } from '../../shared/format';
import { CampaignState } from '../../shared/contacts/CampaignState';
import { Loaded, Page } from '../../shared/Page';
import { useTableHref } from '../../shared/table-href';
import { Disclosures } from './Disclosures';
import { Erasure } from './Erasure';
import { Sections } from './Sections';
import { useContactPersonFile } from './api';

/**
 * All data that a partner holds about a contact: view, download, withdraw from
 * the vendor, erase.
 */
export function PersonFileScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const { id = '' } = useParams();
  const file = useContactPersonFile(id, {
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const name = file.data === undefined ? '' : nameIn(file.data);
  return (
    <Page
      title={t('personFile.title', { name: name === '' ? '…' : name })}
      lead={t('personFile.lead')}
      actions={<Downloads contactId={id} />}
    >
      <Loaded query={file} height={560}>
        {(loaded) => (
          <>
            <Group justify="space-between">
              <Anchor component={Link} to="/contacts" size="sm">
                {t('personFile.back')}
              </Anchor>
              <Text size="sm" c="dimmed">
                {t('personFile.made', { at: format.moment(loaded.madeAt) })}
              </Text>
            </Group>
            <CampaignState contactId={id} />
            <Disclosures file={loaded} />
            <Sections file={loaded} />
            <Erasure file={loaded} name={name} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Downloads({ contactId }: { readonly contactId: string }) {
  const { t } = useTranslation();
  const path = `/contacts/${encodeURIComponent(contactId)}/data-export`;
  const tableHref = useTableHref();
  return (
    <>
      {(['json', 'csv'] as const).map((kind) => (
        <Button
          key={kind}
          component="a"
          href={kind === 'csv' ? tableHref(`${path}.csv`) : `/api/v1${path}`}
          download
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {t(`personFile.${kind}`)}
        </Button>
      ))}
    </>
  );
}

const textIn = (row: DataSubjectExport['contact'], field: string): string => {
  const value = row[field];
  return typeof value === 'string' ? value : '';
};

function nameIn({ contact }: DataSubjectExport): string {
  const name = [textIn(contact, 'firstName'), textIn(contact, 'lastName')].filter((part) => part !== '').join(' ');
  return name === '' ? textIn(contact, 'email') : name;
}
