import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from './ProblemNote';

interface ConfirmProps {
  /** What the button and the confirmation say: the act itself, never "OK". */
  readonly label: string;
  readonly question: string;
  readonly children: ReactNode;
  readonly onConfirm: () => Promise<unknown>;
  readonly pending: boolean;
  readonly error: unknown;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly size?: string;
  readonly icon?: ReactNode;
}

/** A button for what cannot be undone: names what will happen before it does. */
export function Confirm(props: ConfirmProps) {
  const { label, question, children, onConfirm, pending, error, danger = true, disabled, size, icon } = props;
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const colour = danger ? { color: 'red' } : {};
  return (
    <>
      <Button
        {...colour}
        variant={danger ? 'light' : 'filled'}
        size={size ?? 'sm'}
        disabled={disabled ?? false}
        leftSection={icon}
        onClick={open}
      >
        {label}
      </Button>
      <Modal opened={opened} onClose={close} title={question} centered>
        <Stack>
          <Text size="sm" component="div">
            {children}
          </Text>
          <ProblemNote error={error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('common.back')}
            </Button>
            <Button
              {...colour}
              loading={pending}
              onClick={() => void onConfirm().then(close, () => undefined /* shown above by its note */)}
            >
              {label}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
