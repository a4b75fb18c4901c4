import { useTranslation } from 'react-i18next';

const VENDOR = ['owner', 'marketer', 'approver', 'analyst'] as const;
const PARTNER = ['owner', 'marketer', 'viewer'] as const;
const ALL = [...VENDOR, ...PARTNER];

/** The roles that an organisation of this kind gives. */
export const rolesOf = (kind: string | undefined): readonly (typeof ALL)[number][] =>
  kind === 'vendor' ? VENDOR : PARTNER;

/** A role that there is; undefined for any other word. */
export const knownRole = (role: string) => ALL.find((one) => one === role);

/** A role by its name in the reader's language. */
export function useRoleName(): (role: string) => string {
  const { t } = useTranslation();
  return (role) => {
    const known = knownRole(role);
    return known === undefined ? role : t(`team.roles.${known}`);
  };
}
