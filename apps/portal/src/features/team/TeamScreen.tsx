import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TeamMember } from '#contracts';
import { useCan, useSession } from '../../shared/session';
import { Confirm } from '../../shared/Confirm';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { chosenLanguage, InvitationLanguage } from '../../shared/InvitationLanguage';
import { ListScreen } from '../../shared/ListScreen';
import { ProblemNote } from '../../shared/ProblemNote';
import { Dialog } from '../../shared/Dialog';
import { NO_MANAGER } from '../../shared/ManagerSelect';
import { ColleagueSuggestions } from './ColleagueSuggestions';
import { HandOver, usePartnerCount } from './HandOver';
import { PendingInvitations } from './PendingInvitations';
import { RoleChoice } from './RoleChoice';
import { RoleName } from './RoleName';
import { rolesOf, useRoleName } from './roles';
import { removeTeamMember, inviteTeamMember, useTeam, teamKeys } from './api';
import { invalidate, queryKeys } from '../../shared/query-keys';

/** Members of an organisation and their roles. */
export function TeamScreen() {
  const { t } = useTranslation();
  const can = useCan();
  const { user, organisation } = useSession();
  const team = useTeam({ select: ({ items }) => items });
  const canEdit = can('vendor-team.edit') || can('partner-team.edit');
  const [inviting, { open, close }] = useDisclosure(false);
  const columns = useColumns(canEdit);
  return (
    <ListScreen
      title={t('team.title')}
      lead={t('team.lead', { organisation: organisation?.name ?? '' })}
      actions={
        canEdit && (
          <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={open}>
            {t('team.invite')}
          </Button>
        )
      }
      list={team}
      height={220}
      empty={{ icon: IconUsers, title: t('team.none'), text: t('team.noneText') }}
      after={
        <>
          {can('partner-team.read') && <ColleagueSuggestions canEdit={canEdit} />}
          <PendingInvitations canEdit={canEdit} />
          <Dialog opened={inviting} onClose={close} title={t('team.invite')} centered>
            <InviteForm onSent={close} />
          </Dialog>
        </>
      }
    >
      {(items, isWhole) => (
        <DataTable
          label={t('team.title')}
          items={items}
          isWhole={isWhole}
          idOf={({ id }) => id}
          columns={columns}
          actions={canEdit && ((member) => member.id !== user.id && <Removal member={member} />)}
        />
      )}
    </ListScreen>
  );
}

function useColumns(canEdit: boolean): readonly Column<TeamMember>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const roleName = useRoleName();
  const { user } = useSession();
  return [
    {
      key: 'name',
      title: t('contacts.name'),
      isHeading: true,
      orderBy: ({ name }) => name,
      cell: ({ id, name, email }) => (
        <>
          <Text size="sm" fw={600}>
            {id === user.id ? t('team.you', { name }) : name}
          </Text>
          <Text size="sm" c="dimmed">
            {email}
          </Text>
        </>
      ),
    },
    {
      key: 'role',
      title: t('team.role'),
      orderBy: ({ role }) => roleName(role),
      // Users cannot change their own role, so that they do not lose their
      // rights by accident.
      cell: (member) =>
        canEdit && member.id !== user.id ? <RoleChoice member={member} /> : <RoleName role={member.role} />,
    },
    {
      key: 'since',
      title: t('team.since'),
      orderBy: ({ since }) => since,
      cell: ({ since }) => format.moment(since),
    },
  ];
}

function Removal({ member: { id, name, role } }: { readonly member: TeamMember }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const count = usePartnerCount(id, role);
  const [successor, setSuccessor] = useState(NO_MANAGER);
  const remove = useMutation({
    mutationFn: () => removeTeamMember(id, count === 0 ? null : successor),
    onSuccess: () => invalidate(client, teamKeys.members, queryKeys.channelManagers, queryKeys.partners),
  });
  return (
    <Confirm
      label={t('team.remove')}
      question={t('team.removeQuestion', { name })}
      size="xs"
      onConfirm={() => remove.mutateAsync()}
    >
      {t('team.removeText', { name })}
      {count > 0 && <HandOver member={{ id, name }} count={count} value={successor} onChange={setSuccessor} />}
    </Confirm>
  );
}

function InviteForm({ onSent }: { readonly onSent: () => void }) {
  const { t } = useTranslation();
  const roleName = useRoleName();
  const { organisation } = useSession();
  const client = useQueryClient();
  const form = useForm({ initialValues: { email: '', role: 'marketer', language: '' } });
  const invite = useMutation({
    mutationFn: (body: typeof form.values) => inviteTeamMember({ ...body, language: chosenLanguage(body.language) }),
    onSuccess: () => {
      notifications.show({ color: 'teal', message: t('team.invited', { email: form.values.email }) });
      onSent();
      void invalidate(client, teamKeys.invitations);
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
        <InvitationLanguage {...form.getInputProps('language')} />
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
