import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Page } from '../../shared/Page';
import { PackageDrop } from './PackageDrop';

/** Uploads the next version of a vendor's campaign as a package. */
export function UploadScreen() {
  const { t } = useTranslation();
  const { id } = useParams();
  return (
    <Page title={t('upload.version')} lead={t('upload.lead')}>
      <PackageDrop id={id} />
    </Page>
  );
}
