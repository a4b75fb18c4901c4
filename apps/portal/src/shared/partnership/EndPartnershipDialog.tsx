import { Skeleton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type ComponentProps, lazy, Suspense } from 'react';
import { Dialog } from '../Dialog';

// Its calendar is half as large as a whole list screen.
const Form = lazy(async () => ({ default: (await import('./EndPartnershipForm')).EndPartnershipForm }));

interface EndPartnershipDialogProps extends Omit<ComponentProps<typeof Form>, 'onSent' | 'onBack'> {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly question: string;
  /** What is said afterwards. */
  readonly done: string;
}

/** Asks one side of a partnership for its end. */
export function EndPartnershipDialog({ opened, onClose, question, done, ...form }: EndPartnershipDialogProps) {
  return (
    <Dialog opened={opened} onClose={onClose} title={question} centered>
      <Suspense fallback={<Skeleton height={320} />}>
        <Form
          {...form}
          onSent={() => {
            notifications.show({ color: 'teal', message: done });
            onClose();
          }}
          onBack={onClose}
        />
      </Suspense>
    </Dialog>
  );
}
