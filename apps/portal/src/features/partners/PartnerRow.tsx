import { Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PartnerInvitation, PartnerLine } from '#contracts';
import { useMay } from '../../app/session';
import { useFormat } from '../../shared/format';
import { StatusBadge } from '../../shared/StatusBadge';
import { InvitationActions } from './InvitationActions';

/** A partner in the vendor's list: how far it is, and what became of its invitation. */
export function PartnerRow({ partner }: { readonly partner: PartnerLine }) {
  const { t } = useTranslation();
  const format = useFormat();
  const mayEdit = useMay()('partners.edit');
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={600}>
          {partner.name}
        </Text>
      </Table.Td>
      <Table.Td maw={360}>
        <Stack gap={4} align="flex-start">
          <StatusBadge status={partner.status} label={t(`partners.state.${partner.status}`)} />
          {partner.status === 'invited' && <Invitation invitation={partner.invitation} />}
          {partner.status === 'active' && (
            <Text size="xs" c="dimmed">
              {t(partner.hasLaunched ? 'partners.hasLaunched' : 'partners.nothingLaunched')}
            </Text>
          )}
        </Stack>
      </Table.Td>
      <Table.Td>{partner.tier}</Table.Td>
      <Table.Td>{partner.region}</Table.Td>
      <Table.Td>{format.country(partner.countryCode)}</Table.Td>
      <Table.Td>{format.moment(partner.joinedAt ?? partner.invitedAt)}</Table.Td>
      {mayEdit && <Table.Td>{partner.status === 'invited' && <InvitationActions partner={partner} />}</Table.Td>}
    </Table.Tr>
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
