import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { TeamInvitationView } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { type Column, DataTable } from '../../shared/DataTable';
import { InvitationState } from '../../shared/InvitationState';
import { Loaded } from '../../shared/Page';
import { useProblemNotice } from '../../shared/problem-notice';
import { useRoleName } from './roles';
import { deleteTeamInvitation, resendTeamInvitation, useTeamInvitations, teamKeys } from './api';
import { invalidate } from '../../shared/query-keys';

/** Cache key of the open invitations. */

/**
 * Open invitations of a team.
 * Nothing without any.
 */
export function PendingInvitations({ canEdit }: { readonly canEdit: boolean }) {
  const { t } = useTranslation();
  const columns = useColumns();
  const invitations = useTeamInvitations({
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ mail }) => mail === 'on-its-way') === true ? 5_000 : false,
  });
  // No placeholder, because there are rarely any.
  if (invitations.isPending) return null;
  return (
    <Loaded query={invitations}>
      {({ items }) =>
        items.length > 0 && (
          <Stack component="section" aria-labelledby="pending">
            <Title order={2} id="pending">
              {t('team.pending')}
            </Title>
            <DataTable
              label={t('team.pending')}
              items={items}
              isWhole
              // A resent invitation has a new id.
              // A team has at most one open invitation per address.
              idOf={({ email }) => email}
              columns={columns}
              actions={canEdit && ((invitation) => <Actions invitation={invitation} />)}
            />
          </Stack>
        )
      }
    </Loaded>
  );
}

function useColumns(): readonly Column<TeamInvitationView>[] {
  const { t } = useTranslation();
  const roleName = useRoleName();
  return [
    {
      key: 'email',
      title: t('account.email'),
      isHeading: true,
      orderBy: ({ email }) => email,
      cell: ({ email }) => (
        <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
          {email}
        </Text>
      ),
    },
    { key: 'role', title: t('team.role'), orderBy: ({ role }) => roleName(role), cell: ({ role }) => roleName(role) },
    {
      key: 'state',
      title: t('team.state'),
      orderBy: ({ sentAt }) => sentAt,
      cell: (invitation) => <InvitationState invitation={invitation} />,
    },
  ];
}

function Actions({ invitation: { id, email } }: { readonly invitation: TeamInvitationView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const told = (sentence: string) => () => {
    notifications.show({ color: 'teal', message: sentence });
    return invalidate(client, teamKeys.invitations);
  };
  const notifyProblem = useProblemNotice();
  const again = useMutation({
    mutationFn: () => resendTeamInvitation(id),
    onSuccess: told(t('team.sentAgain', { email })),
    onError: notifyProblem,
  });
  const withdraw = useMutation({
    mutationFn: () => deleteTeamInvitation(id),
    onSuccess: told(t('team.withdrawn', { email })),
  });
  return (
    <Group gap="xs" wrap="nowrap" justify="flex-end">
      <Button
        size="xs"
        variant="default"
        aria-label={t('team.againTo', { email })}
        loading={again.isPending}
        onClick={() => again.mutate()}
      >
        {t('team.again')}
      </Button>
      <Confirm
        label={t('team.withdraw')}
        question={t('team.withdrawQuestion', { email })}
        size="xs"
        onConfirm={() => withdraw.mutateAsync()}
      >
        {t('team.withdrawText')}
      </Confirm>
    </Group>
  );
}
