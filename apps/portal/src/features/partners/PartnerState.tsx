import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PartnerInvitation, PartnerLine } from '#contracts';
import { useFormat } from '../../shared/format';
import { StatusBadge } from '../../shared/StatusBadge';

/** How far a partner has come, and what became of its invitation. */
export function PartnerState({ partner: { status, invitation, hasLaunched } }: { readonly partner: PartnerLine }) {
  const { t } = useTranslation();
  return (
    <Stack gap={4} align="flex-start">
      <StatusBadge status={status} label={t(`partners.state.${status}`)} />
      {status === 'invited' && <Invitation invitation={invitation} />}
      {status === 'active' && (
        <Text size="xs" c="dimmed">
          {t(hasLaunched ? 'partners.hasLaunched' : 'partners.nothingLaunched')}
        </Text>
      )}
    </Stack>
  );
}

function Invitation({ invitation }: { readonly invitation: PartnerInvitation | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (invitation === null)
    return (
      <Text size="xs" c="dimmed">
        {t('partnerInvitation.none')}
      </Text>
    );
  const { email, sentAt, sentBy, expiresAt, hasExpired, mail, refusal } = invitation;
  const isAmiss = hasExpired || mail === 'refused' || mail === 'bounced';
  return (
    <>
      <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
        {t('partnerInvitation.sent', { email, at: format.moment(sentAt), by: sentBy })}
      </Text>
      <Text size="xs" c={isAmiss ? 'var(--mantine-color-error)' : 'dimmed'} style={{ overflowWrap: 'anywhere' }}>
        {t(`partnerInvitation.${hasExpired ? 'expired' : 'until'}`, { at: format.moment(expiresAt) })}
        {' · '}
        {t(`partnerInvitation.mail.${mail}`, { refusal: refusal ?? '' })}
      </Text>
    </>
  );
}
