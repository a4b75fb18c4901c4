import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../shared/session';
import { knownRole, useRoleName } from './roles';

/** Name of a role, and its permissions in this organisation. */
export function RoleName({ role }: { readonly role: string }) {
  const roleName = useRoleName();
  return (
    <>
      <Text size="sm">{roleName(role)}</Text>
      <RolePermissions role={role} />
    </>
  );
}

/**
 * Permissions of a role in this organisation.
 * Nothing for an unknown role.
 */
export function RolePermissions({ role }: { readonly role: string }) {
  const { t } = useTranslation();
  const { organisation } = useSession();
  const known = knownRole(role);
  if (known === undefined) return null;
  const side = organisation?.kind === 'vendor' ? 'vendor' : 'partner';
  return (
    <Text size="xs" c="dimmed">
      {t(`team.may.${side}.${known}`)}
    </Text>
  );
}
