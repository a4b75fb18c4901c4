import type { InvitationView, SessionView } from '#contracts';
import { type InvitationView as Invitation, permissionsOf, type Session } from '#identity';

export function sessionView(session: Session): SessionView {
  const {
    user,
    dateFormat,
    organisations,
    organisation,
    countryCode,
    languages,
    isSample,
    csrfToken,
    lacksSecondFactor,
  } = session;
  const ref = ({ id, kind, name, role }: Session['organisations'][number]): SessionView['organisations'][number] => ({
    id,
    kind,
    name,
    role,
  });
  const permissions =
    organisation === null || organisation.kind === 'distributor'
      ? []
      : permissionsOf(organisation.kind, organisation.role);
  return {
    user: { id: user.id, email: user.email, name: user.name, locale: user.locale, ...dateFormat },
    organisations: organisations.map(ref),
    organisation: organisation === null ? null : ref(organisation),
    countryCode,
    languages: [...languages],
    isSample,
    permissions,
    csrfToken,
    lacksSecondFactor,
  };
}

export function invitationView(
  { organisationName, organisationKind, email, role, name, invitedBy, hasAccount }: Invitation,
  { totals, company }: Pick<InvitationView, 'totals' | 'company'>,
): InvitationView {
  return { organisationName, organisationKind, email, role, name, invitedBy, hasAccount, totals, company };
}
