import { useTranslation } from 'react-i18next';

const VENDOR = ['owner', 'marketer', 'approver', 'analyst', 'channel-manager'] as const;
const PARTNER = ['owner', 'marketer', 'viewer'] as const;
const ALL = [...VENDOR, ...PARTNER];

/** Roles of an organisation of this kind. */
export const rolesOf = (kind: string | undefined): readonly (typeof ALL)[number][] =>
  kind === 'vendor' ? VENDOR : PARTNER;

/** The role with this name; undefined if there is none. */
export const knownRole = (role: string) => ALL.find((one) => one === role);

/** Translated name of a role. */
export function useRoleName(): (role: string) => string {
  const { t } = useTranslation();
  return (role) => {
    const known = knownRole(role);
    return known === undefined ? role : t(`team.roles.${known}`);
  };
}
