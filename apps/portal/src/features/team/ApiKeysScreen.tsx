import { Alert, Button, Code, CopyButton, Group, NativeSelect, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconKey } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ApiKeyView } from '#contracts';
import { useSession } from '../../shared/session';
import { Confirm } from '../../shared/Confirm';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { ListScreen } from '../../shared/ListScreen';
import { ProblemNote } from '../../shared/ProblemNote';
import { RoleName } from './RoleName';
import { rolesOf, useRoleName } from './roles';
import { createApiKey, deleteApiKey, useApiKeys, teamKeys } from './api';
import { invalidate } from '../../shared/query-keys';

/** API keys of an organisation. */
export function ApiKeysScreen() {
  const { t } = useTranslation();
  const keys = useApiKeys({ select: ({ items }) => items });
  const columns = useColumns();
  return (
    <ListScreen
      title={t('keys.title')}
      lead={t('keys.lead')}
      above={<CreateKey />}
      list={keys}
      height={220}
      empty={{ icon: IconKey, title: t('keys.none'), text: t('keys.noneText') }}
    >
      {(items, isWhole) => (
        <DataTable
          label={t('keys.title')}
          items={items}
          isWhole={isWhole}
          idOf={({ id }) => id}
          columns={columns}
          minWidth={720}
          actions={(key) => key.revokedAt === null && <Revocation apiKey={key} />}
        />
      )}
    </ListScreen>
  );
}

/** Creates a key, and shows it once. */
function CreateKey() {
  const { t } = useTranslation();
  const roleName = useRoleName();
  const { organisation } = useSession();
  const client = useQueryClient();
  const form = useForm({ initialValues: { name: '', role: 'marketer' } });
  const create = useMutation({
    mutationFn: (body: typeof form.values) => createApiKey(body),
    onSuccess: () => {
      form.reset();
      return invalidate(client, teamKeys.apiKeys);
    },
  });
  return (
    <Paper withBorder p="lg">
      <form onSubmit={form.onSubmit((values) => create.mutate(values))}>
        <Stack>
          <Group align="flex-end">
            <TextInput
              label={t('keys.name')}
              required
              maxLength={80}
              style={{ flex: '1 1 220px' }}
              {...form.getInputProps('name')}
            />
            <NativeSelect
              label={t('team.role')}
              data={rolesOf(organisation?.kind).map((role) => ({ value: role, label: roleName(role) }))}
              {...form.getInputProps('role')}
            />
            <Button type="submit" loading={create.isPending}>
              {t('keys.create')}
            </Button>
          </Group>
          <ProblemNote error={create.error} />
          {create.data !== undefined && <NewKey apiKey={create.data.key} />}
        </Stack>
      </form>
    </Paper>
  );
}

/** The new key with a button that copies it. */
function NewKey({ apiKey }: { readonly apiKey: string }) {
  const { t } = useTranslation();
  return (
    <Alert color="teal" title={t('keys.once')}>
      <Group>
        <Code style={{ overflowWrap: 'anywhere' }}>{apiKey}</Code>
        <CopyButton value={apiKey}>
          {({ copied, copy }) => (
            <Button size="compact-sm" variant="default" onClick={copy}>
              {t(copied ? 'assets.copied' : 'keys.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Alert>
  );
}

function useColumns(): readonly Column<ApiKeyView>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'name',
      title: t('keys.name'),
      isHeading: true,
      orderBy: ({ name }) => name,
      cell: (key) => <NameAndHint apiKey={key} />,
    },
    {
      key: 'role',
      title: t('team.role'),
      orderBy: ({ role }) => role,
      maxWidth: 320,
      cell: (key) => <Rights apiKey={key} />,
    },
    {
      key: 'created',
      title: t('keys.created'),
      orderBy: ({ createdAt }) => createdAt,
      cell: (key) => <Creation apiKey={key} />,
    },
    {
      key: 'used',
      title: t('keys.used'),
      orderBy: ({ lastUsedAt }) => lastUsedAt ?? '',
      cell: (key) => <LastUse apiKey={key} />,
    },
  ];
}

/** Name of a key, and how it begins. */
function NameAndHint({ apiKey: { name, hint } }: { readonly apiKey: ApiKeyView }) {
  const { t } = useTranslation();
  return (
    <>
      <Text size="sm" fw={600}>
        {name}
      </Text>
      <Text size="xs" c="dimmed">
        {t('keys.begins')}{' '}
        <Text span size="xs" ff="monospace">
          {hint}…
        </Text>
      </Text>
    </>
  );
}

/** Role of a key, and the permissions that it is limited to. */
function Rights({ apiKey: { role, permissions } }: { readonly apiKey: ApiKeyView }) {
  const { t } = useTranslation();
  return (
    <>
      <RoleName role={role} />
      {permissions !== null && (
        <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
          {t('keys.narrowed', { rights: permissions.join(', ') })}
        </Text>
      )}
    </>
  );
}

/** When a key was created, and the name of its person. */
function Creation({ apiKey: { createdAt, createdBy } }: { readonly apiKey: ApiKeyView }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <Text size="sm">{format.moment(createdAt)}</Text>
      <Text size="xs" c="dimmed">
        {t('keys.createdBy', { name: createdBy })}
      </Text>
    </>
  );
}

/** When a key was last used, and when it was revoked. */
function LastUse({ apiKey: { lastUsedAt, revokedAt } }: { readonly apiKey: ApiKeyView }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <Text size="sm">{lastUsedAt === null ? t('keys.never') : format.moment(lastUsedAt)}</Text>
      {revokedAt !== null && (
        <Text size="xs" c="var(--mantine-color-error)">
          {t('keys.revokedAt', { at: format.moment(revokedAt) })}
        </Text>
      )}
    </>
  );
}

function Revocation({ apiKey: { id, name } }: { readonly apiKey: ApiKeyView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => deleteApiKey(id),
    onSuccess: () => invalidate(client, teamKeys.apiKeys),
  });
  return (
    <Confirm
      label={t('keys.revoke')}
      question={t('keys.revokeQuestion', { name })}
      size="xs"
      onConfirm={() => revoke.mutateAsync()}
    >
      {t('keys.revokeText')}
    </Confirm>
  );
}
