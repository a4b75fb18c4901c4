import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../shared/format';

interface ConfirmLaterProps {
  readonly opened: boolean;
  /** In the browser's time zone; null: now. */
  readonly startAt: string | null;
  readonly isPending: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}

/** Asks a partner to confirm a launch with a later start. */
export function ConfirmLater({ opened, startAt, isPending, onClose, onConfirm }: ConfirmLaterProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Modal opened={opened} onClose={onClose} title={t('launch.later')} centered>
      <Stack>
        <Text size="sm">
          {startAt !== null && t('launch.laterText', { at: format.moment(new Date(startAt).toISOString()) })}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.back')}
          </Button>
          <Button
            loading={isPending}
            onClick={() => {
              onClose();
              onConfirm();
            }}
          >
            {t('launch.go')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
