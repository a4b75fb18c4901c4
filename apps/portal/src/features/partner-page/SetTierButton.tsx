import { Button, Skeleton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../shared/Dialog';

// Its calendar is half as large as a whole list screen.
const Form = lazy(async () => ({ default: (await import('./SetTierForm')).SetTierForm }));

interface SetTierButtonProps {
  readonly partnerId: string;
  readonly name: string;
  /** The one that the partner has. */
  readonly tier: string;
}

/** Sets the tier of a partner by hand. */
export function SetTierButton({ name, ...partner }: SetTierButtonProps) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={open}>
        {t('tiers.set')}
      </Button>
      <Dialog opened={opened} onClose={close} title={t('tiers.setOne', { name })} centered>
        <Suspense fallback={<Skeleton height={320} />}>
          <Form {...partner} onSet={close} />
        </Suspense>
      </Dialog>
    </>
  );
}
