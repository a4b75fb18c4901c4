import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ActivationDetail } from '#contracts';
import { useFormat } from '../../shared/format';

/**
 * Tells a partner that the vendor ended the campaign, why, and what that means
 * for what was downloaded.
 */
export function EndedByVendor({ activation: { vendorEnd } }: { readonly activation: ActivationDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (vendorEnd === null) return null;
  const { status, at, reason } = vendorEnd;
  return (
    <Alert color={status === 'recalled' ? 'red' : 'yellow'} title={t(`activation.${status}`, { at: format.day(at) })}>
      {reason !== null && (
        <Text size="sm" mb="xs" dir="auto" style={{ overflowWrap: 'anywhere' }}>
          {t('activation.vendorReason', { reason })}
        </Text>
      )}
      <Text size="sm">{t(`activation.${status}Text`)}</Text>
    </Alert>
  );
}
