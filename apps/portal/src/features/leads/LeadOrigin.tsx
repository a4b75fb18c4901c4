import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LeadView } from '#contracts';
import { clicksText } from '../../shared/lead-rules/lead-rule';

/**
 * Shows a partner why a contact became a lead: the counted clicks, and the
 * contact's message.
 */
export function LeadOrigin({ lead: { qualifiedBy, message } }: { readonly lead: LeadView }) {
  const { t } = useTranslation();
  return (
    <>
      {qualifiedBy !== null && (
        <Text size="sm" c="dimmed">
          {clicksText(t, qualifiedBy)}
        </Text>
      )}
      {message !== null && (
        <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
          {message}
        </Text>
      )}
    </>
  );
}
