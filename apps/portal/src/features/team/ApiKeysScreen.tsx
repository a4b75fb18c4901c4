import {
  Alert,
  Button,
  Code,
  CopyButton,
  Group,
  NativeSelect,
  Paper,
  Stack,
  Table,
  Text,
  TextInput,
  VisuallyHidden,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconKey } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { ApiKeys, CreatedApiKey } from '#contracts';
import { useSession } from '../../app/session';
import { call, get } from '../../shared/api';
import { Confirm } from '../../shared/Confirm';
import { Empty } from '../../shared/Empty';
import { useFormat } from '../../shared/format';
import { Loaded, Page } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { rolesOf, useRoleName } from './roles';

export function ApiKeysScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const roleName = useRoleName();
  const { organisation } = useSession();
  const client = useQueryClient();
  const keys = useQuery({ queryKey: ['api-keys'], queryFn: get<z.output<typeof ApiKeys>>('/api-keys') });
  const form = useForm({ initialValues: { name: '', role: 'marketer' } });
  const changed = () => client.invalidateQueries({ queryKey: ['api-keys'] });
  const create = useMutation({
    mutationFn: (body: typeof form.values) => call<z.output<typeof CreatedApiKey>>('POST', '/api-keys', { body }),
    onSuccess: () => {
      form.reset();
      return changed();
    },
  });
  const revoke = useMutation({
    mutationFn: (id: string) => call<undefined>('DELETE', `/api-keys/${id}`),
    onSuccess: changed,
  });
  return (
    <Page title={t('keys.title')} lead={t('keys.lead')}>
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
            {create.data !== undefined && (
              <Alert color="teal" title={t('keys.once')}>
                <Group>
                  <Code style={{ overflowWrap: 'anywhere' }}>{create.data.key}</Code>
                  <CopyButton value={create.data.key}>
                    {({ copied, copy }) => (
                      <Button size="compact-sm" variant="default" onClick={copy}>
                        {t(copied ? 'assets.copied' : 'keys.copy')}
                      </Button>
                    )}
                  </CopyButton>
                </Group>
              </Alert>
            )}
          </Stack>
        </form>
      </Paper>
      <Loaded query={keys}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={IconKey} title={t('keys.none')}>
              {t('keys.noneText')}
            </Empty>
          ) : (
            <Table.ScrollContainer minWidth={560}>
              <Table verticalSpacing="sm">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('keys.name')}</Table.Th>
                    <Table.Th>{t('team.role')}</Table.Th>
                    <Table.Th>{t('keys.used')}</Table.Th>
                    <Table.Th>
                      <VisuallyHidden>{t('keys.revoke')}</VisuallyHidden>
                    </Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {items.map(({ id, name, hint, role, lastUsedAt, revokedAt }) => (
                    <Table.Tr key={id}>
                      <Table.Td>
                        <Text size="sm" fw={600}>
                          {name}
                        </Text>
                        <Text size="xs" c="dimmed" ff="monospace">
                          {hint}…
                        </Text>
                      </Table.Td>
                      <Table.Td>{roleName(role)}</Table.Td>
                      <Table.Td>{lastUsedAt === null ? t('keys.never') : format.moment(lastUsedAt)}</Table.Td>
                      <Table.Td ta="right">
                        {revokedAt === null ? (
                          <Confirm
                            label={t('keys.revoke')}
                            question={t('keys.revokeQuestion', { name })}
                            size="xs"
                            pending={revoke.isPending}
                            error={revoke.error}
                            onConfirm={() => revoke.mutateAsync(id)}
                          >
                            {t('keys.revokeText')}
                          </Confirm>
                        ) : (
                          <Text size="sm" c="dimmed">
                            {t('keys.revoked')}
                          </Text>
                        )}
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )
        }
      </Loaded>
    </Page>
  );
}
