import { Alert } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../shared/Page';
import { OptOutList } from './OptOutList';

/**
 * Imports addresses that get no e-mail about a vendor from any partner.
 * It shows nothing about partners' contacts.
 */
export function VendorOptOutsScreen() {
  const { t } = useTranslation();
  return (
    <Page title={t('optOuts.vendorTitle')} lead={t('optOuts.vendorLead')}>
      <Alert icon={<IconLock aria-hidden />} title={t('optOuts.hashed')}>
        {t('optOuts.hashedText')}
      </Alert>
      <OptOutList
        path="/vendor-suppressions/import"
        consequence={t('optOuts.sureVendor')}
        onTaken={() => undefined}
        onward={null}
      />
    </Page>
  );
}
