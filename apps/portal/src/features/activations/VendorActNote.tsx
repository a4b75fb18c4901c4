import { Alert, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ActivationDetail } from '#contracts';
import { useFormat } from '../../shared/format';
import { PartnershipEndNote } from '../../shared/partnership/PartnershipEndNote';
import { useSession } from '../../shared/session';

interface OfActivation {
  readonly activation: ActivationDetail;
}

/** Tells a partner that the vendor holds or has stopped this campaign alone: who, when and why. */
export function VendorActNote({ activation: { vendorAct } }: OfActivation) {
  const { t } = useTranslation();
  const format = useFormat();
  if (vendorAct === null) return null;
  const { kind, vendor, by, at, reason } = vendorAct;
  return (
    <Alert color={kind === 'held' ? 'yellow' : 'red'} title={t(`activation.vendorAct.${kind}`, { vendor })}>
      <Stack gap="xs">
        <Text size="sm" dir="auto" style={{ overflowWrap: 'anywhere' }}>
          {t('activation.vendorReason', { reason })}
        </Text>
        <Text size="sm">{t(`activation.vendorAct.${kind}Text`, { vendor })}</Text>
        <Text size="sm" c="dimmed">
          {t('activation.vendorAct.who', { by, vendor, at: format.moment(at) })}
        </Text>
      </Stack>
    </Alert>
  );
}

/** Tells a partner when the partnership ends, and this campaign with it. */
export function EndingPartnership({ activation: { partnershipEnd: end, endedAt } }: OfActivation) {
  const { t } = useTranslation();
  const { organisation } = useSession();
  if (end === null) return null;
  const who = end.by === 'partner' ? (organisation?.name ?? '') : t('partnershipEnd.theVendor');
  return (
    <Alert color="yellow" title={t(endedAt === null ? 'partnershipEnd.ends' : 'partnershipEnd.isOver')}>
      <PartnershipEndNote end={end} who={who} isOver={endedAt !== null} />
    </Alert>
  );
}
