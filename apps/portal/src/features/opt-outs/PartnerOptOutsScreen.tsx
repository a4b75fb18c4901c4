import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '../../shared/Page';
import { OptOutList } from './OptOutList';
import { invalidate, queryKeys } from '../../shared/query-keys';

/** Imports a partner's opt-outs from another system. */
export function PartnerOptOutsScreen() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <Page title={t('optOuts.title')} lead={t('optOuts.lead')}>
      <OptOutList
        path="/suppressions/import"
        consequence={t('optOuts.sureText')}
        onTaken={() => {
          void invalidate(client, queryKeys.suppressions, queryKeys.audience, queryKeys.contacts);
        }}
        onward={
          <Button component={Link} to="/suppressions">
            {t('optOuts.list')}
          </Button>
        }
      />
    </Page>
  );
}
