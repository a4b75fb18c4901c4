import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LeadView } from '#contracts';
import { ShareLead } from '../../shared/leads/ShareLead';
import { SharedWith } from '../../shared/leads/SharedWith';
import { useCan } from '../../shared/session';

/** What the vendor sees of a lead, its answer, and how to share or end it. */
export function LeadSharing({ lead }: { readonly lead: LeadView }) {
  const { t } = useTranslation();
  const can = useCan();
  const { disclosure, vendorName } = lead;
  return (
    <Stack gap="xs" align="flex-start">
      <Title order={3} size="h4">
        {t('disclosures.title')}
      </Title>
      {disclosure === null ? (
        <>
          <Text size="sm" c="dimmed">
            {t('disclosures.onlyYou', { vendor: vendorName })}
          </Text>
          {can('leads.edit') && <ShareLead lead={lead} />}
        </>
      ) : (
        <SharedWith
          vendorName={vendorName}
          shared={{ ...disclosure, answers: disclosure.answer === null ? [] : [disclosure.answer] }}
        />
      )}
    </Stack>
  );
}
