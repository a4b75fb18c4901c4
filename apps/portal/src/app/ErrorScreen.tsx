import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { isNetworkError } from '../shared/api';
import { Empty } from '../shared/Empty';
import { Page } from '../shared/Page';
import { ProblemNote } from '../shared/ProblemNote';
import { fetchSession } from '../shared/requests';

/** In place of a screen that did not come, or could not be shown: the network was gone, or the portal is another one by now. */
export function ErrorScreen() {
  const { t } = useTranslation();
  const again = useMutation({
    mutationFn: async () => {
      // The browser's own page would take the place of a portal that cannot be reached.
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
