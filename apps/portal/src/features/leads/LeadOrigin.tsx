import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LeadView } from '#contracts';
import { linkText } from '../../shared/leads/link-text';
import { clicksText } from '../../shared/lead-rules/lead-rule';

/**
 * Shows a partner why a contact became a lead: what the person did, on which
 * links, and the message.
 */
export function LeadOrigin({ lead: { response, qualifiedBy, message } }: { readonly lead: LeadView }) {
  const { t } = useTranslation();
  return (
    <Stack gap={4}>
      <Text size="sm">{t(`leads.response.${response.kind}`)}</Text>
      {response.links.length > 0 && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {t('leads.clicked', { links: response.links.map((link) => linkText(t, link)).join(', ') })}
        </Text>
      )}
      {message !== null && (
        <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
          {message}
        </Text>
      )}
      {qualifiedBy !== null && (
        <Text size="xs" c="dimmed">
          {t('leads.rule', { rule: clicksText(t, qualifiedBy) })}
        </Text>
      )}
    </Stack>
  );
}
