import { Alert, Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { VendorDomain as Domain } from '#contracts';
import { useFieldErrors } from '../../shared/field-errors';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { DomainRecords } from './DomainRecords';
import { DOMAIN_OF } from './domain-kind';
import { useVendorSending, saveVendorDomain } from './api';
import { invalidate } from '../../shared/query-keys';

const { query: QUERY } = DOMAIN_OF.vendor;
const LOOK_AGAIN_MS = 15_000;

/**
 * A vendor's subdomain, for e-mail of partners without a domain of their own.
 */
export function VendorDomain() {
  const { t } = useTranslation();
  const settings = useVendorSending({ refetchInterval: LOOK_AGAIN_MS });
  return (
    <Stack component="section" gap="md" aria-labelledby="vendor-domain">
      <div>
        <Title order={2} id="vendor-domain">
          {t('vendorSending.title')}
        </Title>
        <Text size="sm" c="dimmed" maw={760}>
          {t('vendorSending.lead')}
        </Text>
      </div>
      <Loaded query={settings} height={160}>
        {({ domain, domainVersion, standardDomain }) => (
          <Stack>
            {(domain === null || domain.state === 'pending') && (
              <Text size="sm">{t('vendorSending.standard', { domain: standardDomain })}</Text>
            )}
            {domain !== null && <DomainRecords domain={domain} of="vendor" />}
            {domain !== null && domain.foreignMailHosts !== null && (
              <Alert color="yellow" title={t('vendorSending.foreign', { domain: domain.domain })}>
                {t('vendorSending.foreignText', {
                  domain: domain.domain,
                  hosts: domain.foreignMailHosts,
                  standard: standardDomain,
                })}
              </Alert>
            )}
            <Choose key={domainVersion} domain={domain} version={domainVersion} />
          </Stack>
        )}
      </Loaded>
    </Stack>
  );
}

interface ChooseProps {
  readonly domain: Domain | null;
  readonly version: string;
}

function Choose({ domain, version }: ChooseProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({ initialValues: { domain: domain?.domain ?? '' } });
  const choose = useMutation({
    mutationFn: (body: typeof form.values) => saveVendorDomain(version, body),
    onSuccess: () => invalidate(client, QUERY),
  });
  const fieldErrors = useFieldErrors(choose.error);
  return (
    <Paper withBorder p="lg">
      <form onSubmit={form.onSubmit((values) => choose.mutate(values))}>
        <Stack>
          <TextInput
            label={t(domain === null ? 'vendorSending.domain' : 'vendorSending.another')}
            description={t('vendorSending.domainWhy')}
            placeholder="partners.example.com"
            required
            maxLength={253}
            maw={480}
            {...form.getInputProps('domain')}
            error={fieldErrors['domain']}
          />
          <ProblemNote error={choose.error} />
          <Group justify="flex-end">
            <Button type="submit" loading={choose.isPending} disabled={domain !== null && !form.isDirty()}>
              {t('vendorSending.choose')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
