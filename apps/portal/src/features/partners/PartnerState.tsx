import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PartnerLine } from '#contracts';
import { useFormat } from '../../shared/format';
import { PartnershipEndNote } from '../../shared/partnership/PartnershipEndNote';
import { InvitationState } from '../../shared/InvitationState';
import { StatusBadge } from '../../shared/StatusBadge';

/** Progress of a partner, and the state of its invitation. */
export function PartnerState({
  partner: { name, status, invitation, isInvitationWaiting, invitationRefusal, hasLaunched, hasBrand, remindedAt, end },
}: {
  readonly partner: PartnerLine;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap={4} align="flex-start">
      <StatusBadge status={status} label={t(`partners.state.${status}`)} />
      {status === 'invited' &&
        (invitation === null ? (
          <Text size="xs" c={invitationRefusal === null ? 'dimmed' : 'var(--mantine-color-error)'}>
            {t(unsentText({ isInvitationWaiting, invitationRefusal }))}
          </Text>
        ) : (
          <>
            <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
              {invitation.email}
            </Text>
            <InvitationState invitation={invitation} />
          </>
        ))}
      {end !== null && (
        <PartnershipEndNote
          end={end}
          who={end.by === 'partner' ? name : t('partnershipEnd.we')}
          isOver={status === 'ended'}
        />
      )}
      {status === 'active' && (
        <Text size="xs" c="dimmed">
          {t(hasLaunched ? 'partners.hasLaunched' : 'partners.nothingLaunched')} ·{' '}
          {t(hasBrand ? 'partners.hasBrand' : 'partners.noBrand')}
          {!hasLaunched && remindedAt !== null && ` · ${t('partners.remindedOn', { day: format.date(remindedAt) })}`}
        </Text>
      )}
    </Stack>
  );
}

/** Why there is no invitation. */
function unsentText({
  isInvitationWaiting,
  invitationRefusal,
}: Pick<PartnerLine, 'isInvitationWaiting' | 'invitationRefusal'>) {
  if (invitationRefusal === 'invitation.address-invited') return 'partnerInvitation.addressTaken';
  if (invitationRefusal !== null) return 'partnerInvitation.refused';
  return isInvitationWaiting ? 'partnerInvitation.waiting' : 'partnerInvitation.none';
}
