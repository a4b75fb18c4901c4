import { Button, NativeSelect, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TeamMember } from '#contracts';
import { useSession } from '../../shared/session';
import { Dialog } from '../../shared/Dialog';
import { NO_MANAGER } from '../../shared/ManagerSelect';
import { useProblemNotice } from '../../shared/problem-notice';
import { HandOver, usePartnerCount } from './HandOver';
import { RolePermissions } from './RoleName';
import { rolesOf, useRoleName } from './roles';
import { changeRole, teamKeys } from './api';
import { invalidate, queryKeys } from '../../shared/query-keys';

/** Role of a team member, for users who can change it. */
export function RoleChoice({ member: { id, name, role } }: { readonly member: TeamMember }) {
  const { t } = useTranslation();
  const roleName = useRoleName();
  const { organisation } = useSession();
  const client = useQueryClient();
  const notifyProblem = useProblemNotice();
  const count = usePartnerCount(id, role);
  const [successor, setSuccessor] = useState(NO_MANAGER);
  // The new role of a channel manager whose partners need another one.
  const [asked, setAsked] = useState<string | null>(null);
  const change = useMutation({
    mutationFn: (next: string) =>
      changeRole(id, {
        role: next,
        ...(count > 0 && { partnersTo: successor === NO_MANAGER ? null : successor }),
      }),
    onSuccess: async (_, next) => {
      setAsked(null);
      await invalidate(client, teamKeys.members, queryKeys.channelManagers, queryKeys.partners);
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
        onChange={({ currentTarget }) =>
          count > 0 ? setAsked(currentTarget.value) : change.mutate(currentTarget.value)
        }
      />
      <RolePermissions role={shown} />
      <Dialog opened={asked !== null} onClose={() => setAsked(null)} title={t('team.roleOf', { name })} centered>
        <Stack>
          <HandOver member={{ id, name }} count={count} value={successor} onChange={setSuccessor} />
          <Button loading={change.isPending} onClick={() => asked !== null && change.mutate(asked)}>
            {t('managers.changeRole', { role: asked === null ? '' : roleName(asked) })}
          </Button>
        </Stack>
      </Dialog>
    </>
  );
}
