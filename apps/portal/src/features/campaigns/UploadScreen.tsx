import { Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Page } from '../../shared/Page';
import { CopyChoices } from './CopyChoices';
import { PackageDrop } from './PackageDrop';

/**
 * Starts a vendor's campaign from a shipped template, an own campaign or a
 * package.
 */
export function UploadScreen() {
  const { t } = useTranslation();
  const { id } = useParams();
  return (
    <Page
      title={t(id === undefined ? 'upload.title' : 'upload.version')}
      lead={t(id === undefined ? 'upload.newLead' : 'upload.lead')}
    >
      {id === undefined && <CopyChoices />}
      <Stack>
        <Title order={2}>{t('upload.package')}</Title>
        <PackageDrop id={id} />
      </Stack>
    </Page>
  );
}
