import { Button, Group, Modal, NativeSelect, Stack, Table, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconUserPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Team } from '#contracts';
import { useMay, useSession } from '../../app/session';
import { call, get } from '../../shared/api';
import { Confirm } from '../../shared/Confirm';
import { useFormat } from '../../shared/format';
import { Loaded, Page } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { rolesOf, useRoleName } from './roles';

export function TeamScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const roleName = useRoleName();
  const { user, organisation } = useSession();
  const client = useQueryClient();
  const team = useQuery({ queryKey: ['team'], queryFn: get<z.output<typeof Team>>('/team') });
  const mayEdit = may('vendor-team.edit') || may('partner-team.edit');
  const [inviting, { open, close }] = useDisclosure(false);
  const remove = useMutation({
    mutationFn: (userId: string) => call<undefined>('DELETE', `/team/${userId}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['team'] }),
  });
  return (
    <Page
      title={t('team.title')}
      lead={t('team.lead', { organisation: organisation?.name ?? '' })}
      actions={
        mayEdit && (
          <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={open}>
            {t('team.invite')}
          </Button>
        )
      }
    >
      <Loaded query={team}>
        {({ items }) => (
          <Table.ScrollContainer minWidth={520}>
            <Table verticalSpacing="sm">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('contacts.name')}</Table.Th>
                  <Table.Th>{t('team.role')}</Table.Th>
                  <Table.Th>{t('team.since')}</Table.Th>
                  <Table.Th>
                    <VisuallyHidden>{t('team.remove')}</VisuallyHidden>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map(({ id, name, email, role, since }) => (
                  <Table.Tr key={id}>
                    <Table.Td>
                      <Text size="sm" fw={600}>
                        {name}
                      </Text>
                      <Text size="sm" c="dimmed">
                        {email}
                      </Text>
                    </Table.Td>
                    <Table.Td>{roleName(role)}</Table.Td>
                    <Table.Td>{format.moment(since)}</Table.Td>
                    <Table.Td ta="right">
                      {mayEdit && id !== user.id && (
                        <Confirm
                          label={t('team.remove')}
                          question={t('team.removeQuestion', { name })}
                          size="xs"
                          pending={remove.isPending}
                          error={remove.error}
                          onConfirm={() => remove.mutateAsync(id)}
                        >
                          {t('team.removeText', { name })}
                        </Confirm>
                      )}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Loaded>
      <Modal opened={inviting} onClose={close} title={t('team.invite')} centered>
        <InviteForm onSent={close} />
      </Modal>
    </Page>
  );
}

function InviteForm({ onSent }: { readonly onSent: () => void }) {
  const { t } = useTranslation();
  const roleName = useRoleName();
  const { organisation } = useSession();
  const form = useForm({ initialValues: { email: '', role: 'marketer' } });
  const invite = useMutation({
    mutationFn: (body: typeof form.values) => call<unknown>('POST', '/team/invitations', { body }),
    onSuccess: () => {
      notifications.show({ color: 'teal', message: t('team.invited', { email: form.values.email }) });
      onSent();
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => invite.mutate(values))}>
      <Stack>
        <TextInput label={t('account.email')} type="email" required data-autofocus {...form.getInputProps('email')} />
        <NativeSelect
          label={t('team.role')}
          data={rolesOf(organisation?.kind).map((role) => ({ value: role, label: roleName(role) }))}
          {...form.getInputProps('role')}
        />
        <ProblemNote error={invite.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={invite.isPending}>
            {t('partners.sendInvitation')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
