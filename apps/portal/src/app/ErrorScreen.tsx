import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { isNetworkError } from '../shared/api';
import { Empty } from '../shared/Empty';
import { Page } from '../shared/Page';
import { ProblemNote } from '../shared/ProblemNote';
import { fetchSession } from '../shared/requests';

/**
 * Shown when a screen cannot load or render: the network is down, or a new
 * portal was deployed.
 */
export function ErrorScreen() {
  const { t } = useTranslation();
  const again = useMutation({
    mutationFn: async () => {
      // Check the API before reloading. If it is down, the browser would
      // replace the portal by its own error page.
      await fetchSession().catch((error: unknown) => {
        if (isNetworkError(error)) throw error;
      });
      window.location.reload();
    },
  });
  return (
    <Page title={t('broken.title')}>
      <ProblemNote error={again.error} />
      <Empty
        icon={IconPlugConnectedX}
        title={t('broken.heading')}
        action={
          <Button loading={again.isPending} onClick={() => again.mutate()}>
            {t('common.again')}
          </Button>
        }
      >
        {t('broken.text')}
      </Empty>
    </Page>
  );
}
