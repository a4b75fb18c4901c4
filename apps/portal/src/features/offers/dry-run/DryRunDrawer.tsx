import { Button, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCalendarSearch } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfferDetail } from '#contracts';
import type { Plan } from './plan';

const DryRun = lazy(() => import('./DryRun').then((module) => ({ default: module.DryRun })));

/**
 * Opens the dry run.
 * It loads and computes nothing before, so a launch never waits for it.
 */
export function DryRunDrawer({ offer, plan }: { readonly offer: OfferDetail; readonly plan: Plan }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" leftSection={<IconCalendarSearch size={18} aria-hidden />} onClick={open}>
        {t('dryRun.open')}
      </Button>
      <Drawer
        opened={opened}
        onClose={close}
        title={t('dryRun.title')}
        position="right"
        size="xl"
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Suspense>
          <DryRun offer={offer} plan={plan} />
        </Suspense>
      </Drawer>
    </>
  );
}
