import { Button, getDefaultZIndex, Group, Modal, PasswordInput, SegmentedControl, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { IconFingerprint } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { onConfirmationRequired } from '../shared/api';
import { CodeField } from '../shared/CodeField';
import { canUsePasskeys, confirmByPasskey } from '../shared/passkeys';
import { ProblemNote } from '../shared/ProblemNote';
import { useTopmostEscape } from '../shared/topmost-escape';
import { confirmIdentity } from './api';

/**
 * Asks the person to confirm that it is them, for a change that needs it. The
 * request that asked is repeated afterwards.
 */
export function IdentityConfirmation() {
  const { t } = useTranslation();
  const [opened, close] = useAskedConfirmation();
  const cancel = () => close(false);
  useTopmostEscape(opened, cancel);
  return (
    <Modal
      opened={opened}
      onClose={cancel}
      title={t('confirmation.title')}
      closeOnEscape={false}
      // Above the dialog whose button sent the request.
      zIndex={getDefaultZIndex('modal') + 60}
      centered
    >
      <ConfirmationForm onConfirmed={() => close(true)} onCancel={cancel} />
    </Modal>
  );
}

/** Whether a request waits for a confirmation, and a function that answers it. */
function useAskedConfirmation(): readonly [opened: boolean, close: (isConfirmed: boolean) => void] {
  const [opened, setOpened] = useState(false);
  const waiting = useRef<((isConfirmed: boolean) => void)[]>([]);
  const close = (isConfirmed: boolean): void => {
    setOpened(false);
    for (const resolve of waiting.current.splice(0)) resolve(isConfirmed);
  };
  useEffect(() => {
    const asked = waiting.current;
    onConfirmationRequired(
      () =>
        new Promise((resolve) => {
          asked.push(resolve);
          setOpened(true);
        }),
    );
    return () => {
      onConfirmationRequired(() => Promise.resolve(false));
      for (const resolve of asked.splice(0)) resolve(false);
    };
  }, []);
  return [opened, close];
}

interface ConfirmationFormProps {
  readonly onConfirmed: () => void;
  readonly onCancel: () => void;
}

function ConfirmationForm({ onConfirmed, onCancel }: ConfirmationFormProps) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: { way: 'password', password: '', code: '' } });
  const confirm = useMutation({
    mutationFn: ({ way, password, code }: typeof form.values) =>
      confirmIdentity(way === 'password' ? { password } : { code }),
    onSuccess: onConfirmed,
  });
  const byPasskey = useMutation({ mutationFn: confirmByPasskey, onSuccess: onConfirmed });
  return (
    <form onSubmit={form.onSubmit((values) => confirm.mutate(values))}>
      <Stack>
        <Text size="sm">{t('confirmation.text')}</Text>
        <SegmentedControl
          aria-label={t('confirmation.way')}
          data={[
            { value: 'password', label: t('confirmation.password') },
            { value: 'code', label: t('confirmation.code') },
          ]}
          {...form.getInputProps('way')}
        />
        {form.values.way === 'password' ? (
          <PasswordInput
            label={t('account.password')}
            autoComplete="current-password"
            required
            data-autofocus
            {...form.getInputProps('password')}
          />
        ) : (
          <CodeField {...form.getInputProps('code')} />
        )}
        <ProblemNote error={confirm.error ?? byPasskey.error} />
        {canUsePasskeys() && (
          <Button
            variant="default"
            leftSection={<IconFingerprint size={16} aria-hidden />}
            loading={byPasskey.isPending}
            onClick={() => byPasskey.mutate()}
          >
            {t('confirmation.passkey')}
          </Button>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('confirmation.cancel')}
          </Button>
          <Button type="submit" loading={confirm.isPending}>
            {t('confirmation.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
