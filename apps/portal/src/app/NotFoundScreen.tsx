import { Button } from '@mantine/core';
import { IconMap2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Empty } from '../shared/Empty';
import { Page } from '../shared/Page';

/** Shown for an unknown address, or one of the other kind of organisation. */
export function NotFoundScreen() {
  const { t } = useTranslation();
  return (
    <Page title={t('lost.title')}>
      <Empty
        icon={IconMap2}
        title={t('lost.heading')}
        action={
          <Button component={Link} to="/">
            {t('lost.home')}
          </Button>
        }
      >
        {t('lost.text')}
      </Empty>
    </Page>
  );
}
