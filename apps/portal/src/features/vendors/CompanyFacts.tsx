import { Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PartnerVendorView } from '#contracts';
import { AttributeValuesForm } from '../../shared/partner-attributes/AttributeValuesForm';
import { queryKeys } from '../../shared/query-keys';
import { useCan } from '../../shared/session';
import { saveCompanyFacts, useCompanyFacts } from './api';

/** What a vendor asks the partner to tell about its company; nothing if it asks nothing. */
export function CompanyFacts({ vendor: { vendorId, name } }: { readonly vendor: PartnerVendorView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const canEdit = useCan()('brand.edit');
  const facts = useCompanyFacts().data?.items.find((one) => one.vendorId === vendorId);
  if (facts === undefined) return null;
  return (
    <Stack gap="sm">
      <Title order={3} size="h4">
        {t('attributes.ofCompany')}
      </Title>
      <Text size="sm">{t('attributes.ofCompanyWhy', { vendor: name })}</Text>
      <AttributeValuesForm
        about={`company facts ${vendorId}`}
        attributes={facts.items}
        disabled={!canEdit}
        onSave={async (changes) =>
          client.setQueryData(queryKeys.vendorAttributes, await saveCompanyFacts(vendorId, changes))
        }
      />
    </Stack>
  );
}
