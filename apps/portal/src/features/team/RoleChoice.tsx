import { NativeSelect } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { TeamMember } from '#contracts';
import { useSession } from '../../shared/session';
import { useProblemNotice } from '../../shared/problem-notice';
import { RolePermissions } from './RoleName';
import { rolesOf, useRoleName } from './roles';
import { changeRole, teamKeys } from './api';
import { invalidate } from '../../shared/query-keys';

/** Role of a team member, for users who can change it. */
export function RoleChoice({ member: { id, name, role } }: { readonly member: TeamMember }) {
  const { t } = useTranslation();
  const roleName = useRoleName();
  const { organisation } = useSession();
  const client = useQueryClient();
  const notifyProblem = useProblemNotice();
  const change = useMutation({
    mutationFn: (next: string) => changeRole(id, { role: next }),
    onSuccess: async (_, next) => {
      await invalidate(client, teamKeys.members);
      notifications.show({ color: 'teal', message: t('team.roleChanged', { name, role: roleName(next) }) });
    },
    onError: notifyProblem,
  });
  const shown = change.isPending ? change.variables : role;
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label={t('team.roleOf', { name })}
        data={rolesOf(organisation?.kind).map((one) => ({ value: one, label: roleName(one) }))}
        value={shown}
        disabled={change.isPending}
        onChange={({ currentTarget }) => change.mutate(currentTarget.value)}
      />
      <RolePermissions role={shown} />
    </>
  );
}
