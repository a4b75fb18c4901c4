import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PasskeyView } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { Dialog } from '../../shared/Dialog';
import { useFormat } from '../../shared/format';
import { addPasskey, canUsePasskeys } from '../../shared/passkeys';
import { ProblemNote } from '../../shared/ProblemNote';
import { invalidate } from '../../shared/query-keys';
import { useReloadSession } from '../../shared/session';
import { removePasskey, renamePasskey, securityKeys } from './api';

const NAME_CHARS = 80;

/** Passkeys of the person: list, names, removal, and a new one. */
export function Passkeys({ passkeys }: { readonly passkeys: readonly PasskeyView[] }) {
  const { t } = useTranslation();
  return (
    <Stack>
      {passkeys.length === 0 && <Text size="sm">{t('security.passkeys.none')}</Text>}
      {passkeys.map((passkey) => (
        <PasskeyRow key={passkey.id} passkey={passkey} />
      ))}
      {canUsePasskeys() && <NewPasskey />}
    </Stack>
  );
}

function PasskeyRow({ passkey: { id, name, createdAt, lastUsedAt } }: { readonly passkey: PasskeyView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const [renaming, { open, close }] = useDisclosure(false);
  const remove = useMutation({
    mutationFn: () => removePasskey(id),
    onSuccess: () => invalidate(client, securityKeys.security),
  });
  return (
    <Group justify="space-between" gap="sm">
      <div style={{ minWidth: 0 }}>
        <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          {t('security.passkeys.since', { at: format.moment(createdAt) })}
          {' · '}
          {lastUsedAt === null
            ? t('security.passkeys.unused')
            : t('security.passkeys.used', { at: format.moment(lastUsedAt) })}
        </Text>
      </div>
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={open} aria-label={t('security.passkeys.renameOf', { name })}>
          {t('security.passkeys.rename')}
        </Button>
        <Confirm
          label={t('security.passkeys.remove')}
          question={t('security.passkeys.removeQuestion', { name })}
          size="xs"
          onConfirm={() => remove.mutateAsync()}
        >
          {t('security.passkeys.removeText')}
        </Confirm>
      </Group>
      <Dialog opened={renaming} onClose={close} title={t('security.passkeys.renameOf', { name })} centered>
        <RenameForm id={id} name={name} onSaved={close} />
      </Dialog>
    </Group>
  );
}

interface RenameFormProps {
  readonly id: string;
  readonly name: string;
  readonly onSaved: () => void;
}

function RenameForm({ id, name, onSaved }: RenameFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({ initialValues: { name } });
  const rename = useMutation({
    mutationFn: (body: typeof form.values) => renamePasskey(id, body),
    onSuccess: () => {
      onSaved();
      return invalidate(client, securityKeys.security);
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => rename.mutate(values))}>
      <Stack>
        <TextInput
          label={t('security.passkeys.nameOf')}
          required
          maxLength={NAME_CHARS}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <ProblemNote error={rename.error} />
        <Button type="submit" loading={rename.isPending}>
          {t('security.passkeys.save')}
        </Button>
      </Stack>
    </form>
  );
}

/** Creates a passkey with the authenticator that the browser offers. */
function NewPasskey() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const reloadSession = useReloadSession();
  const form = useForm({ initialValues: { name: '' } });
  const add = useMutation({
    mutationFn: ({ name }: typeof form.values) => addPasskey(name),
    onSuccess: async ({ name }) => {
      form.reset();
      notifications.show({ color: 'teal', message: t('security.passkeys.added', { name }) });
      await Promise.all([invalidate(client, securityKeys.security), reloadSession()]);
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => add.mutate(values))}>
      <Stack gap="sm">
        <TextInput
          label={t('security.passkeys.name')}
          description={t('security.passkeys.nameHelp')}
          required
          maxLength={NAME_CHARS}
          maw={420}
          {...form.getInputProps('name')}
        />
        <ProblemNote error={add.error} />
        <Group>
          <Button type="submit" variant="default" loading={add.isPending}>
            {t('security.passkeys.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
