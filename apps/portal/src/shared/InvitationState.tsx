import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SentInvitation } from '#contracts';
import { useFormat } from './format';

/**
 * When an invitation was sent, by which user, its expiry, and the state of its
 * e-mail.
 */
export function InvitationState({ invitation }: { readonly invitation: SentInvitation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { sentAt, sentBy, expiresAt, hasExpired, mail, refusal } = invitation;
  const isAmiss = hasExpired || mail === 'refused' || mail === 'bounced';
  return (
    <>
      <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
        {t('partnerInvitation.sent', { at: format.moment(sentAt), by: sentBy })}
      </Text>
      <Text size="xs" c={isAmiss ? 'var(--mantine-color-error)' : 'dimmed'} style={{ overflowWrap: 'anywhere' }}>
        {t(`partnerInvitation.${hasExpired ? 'expired' : 'until'}`, { at: format.moment(expiresAt) })}
        {' · '}
        {t(`partnerInvitation.mail.${mail}`, { refusal: refusal ?? '' })}
      </Text>
    </>
  );
}
