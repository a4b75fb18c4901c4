import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session';
import { knownRole, useRoleName } from './roles';

/** A role by its name, and what it may do in this organisation. */
export function RoleName({ role }: { readonly role: string }) {
  const { t } = useTranslation();
  const roleName = useRoleName();
  const { organisation } = useSession();
  const known = knownRole(role);
  const side = organisation?.kind === 'vendor' ? 'vendor' : 'partner';
  return (
    <>
      <Text size="sm">{roleName(role)}</Text>
      {known !== undefined && (
        <Text size="xs" c="dimmed">
          {t(`team.may.${side}.${known}`)}
        </Text>
      )}
    </>
  );
}
