import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ActivationDetail } from '#contracts';
import { useFormat } from '../../shared/format';

/**
 * Tells a partner that the vendor ended the campaign, or that its last day came, why, and what that means
 * for what was downloaded.
 */
export function EndedByVendor({ activation: { vendorEnd } }: { readonly activation: ActivationDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  // A recall has a note of its own, with its report.
  if (vendorEnd === null || vendorEnd.status === 'recalled') return null;
  const { at, reason, code } = vendorEnd;
  return (
    <Alert
      color="yellow"
      title={t(code === 'last-day' ? 'activation.lastDayOver' : 'activation.retired', { at: format.day(at) })}
    >
      {reason !== null && (
        <Text size="sm" mb="xs" dir="auto" style={{ overflowWrap: 'anywhere' }}>
          {t('activation.vendorReason', { reason })}
        </Text>
      )}
      <Text size="sm">{t('activation.retiredText')}</Text>
    </Alert>
  );
}
