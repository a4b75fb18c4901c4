import type { SentInvitation, TeamInvitationView } from '#contracts';
import type { PendingInvitation, TeamInvitation } from '#identity';

export function sentInvitationView(invitation: PendingInvitation | TeamInvitation, now: Date): SentInvitation {
  const { email, locale, sentBy, sentAt, expiresAt, submittedAt, refusal, bouncedAt, bounceReason } = invitation;
  return {
    email,
    language: locale,
    sentBy,
    sentAt: sentAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    hasExpired: expiresAt <= now,
    mail:
      bouncedAt !== null ? 'bounced' : submittedAt !== null ? 'submitted' : refusal !== null ? 'refused' : 'on-its-way',
    refusal: bouncedAt === null ? refusal : bounceReason,
  };
}

export const teamInvitationView = (invitation: TeamInvitation, now: Date): TeamInvitationView => ({
  id: invitation.id,
  role: invitation.role,
  ...sentInvitationView(invitation, now),
});
