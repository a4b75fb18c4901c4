import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Empty } from '../shared/Empty';
import { Page } from '../shared/Page';

/**
 * Shown when the user's role has no access to a screen of their organisation.
 */
export function ForbiddenScreen() {
  const { t } = useTranslation();
  return (
    <Page title={t('shut.title')}>
      <Empty
        icon={IconLock}
        title={t('shut.heading')}
        action={
          <Button component={Link} to="/">
            {t('lost.home')}
          </Button>
        }
      >
        {t('shut.text')}
      </Empty>
    </Page>
  );
}
