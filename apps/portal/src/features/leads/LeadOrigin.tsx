import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LeadView } from '#contracts';
import { clicksText } from '../../shared/lead-rules/lead-rule';

/** What made somebody a lead: the clicks that a rule counted, and what they wrote. */
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
