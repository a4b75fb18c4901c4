import { Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { InputPropsOf } from '../../shared/draft-form';
import { useTranslation } from 'react-i18next';
import type { SendingDomain } from '#contracts';
import { useCan } from '../../shared/session';
import { useFieldErrors } from '../../shared/field-errors';
import { ProblemNote } from '../../shared/ProblemNote';
import { saveSendingDomain, sendingKeys } from './api';
import { invalidate } from '../../shared/query-keys';

interface DomainFormProps {
  readonly domain: SendingDomain | null;
  readonly version: string;
}

/** Sets or replaces the sending domain. */
export function DomainForm({ domain, version }: DomainFormProps) {
  const { t } = useTranslation();
  const can = useCan();
  const client = useQueryClient();
  const form = useForm({
    initialValues: { domain: domain?.domain ?? '', fromLocal: domain?.fromAddress.split('@')[0] ?? 'news' },
  });
  const choose = useMutation({
    mutationFn: (body: typeof form.values) => saveSendingDomain(version, body),
    onSuccess: () => invalidate(client, sendingKeys.settings),
  });
  const fieldErrors = useFieldErrors(choose.error);
  if (!can('brand.edit')) return null;
  return (
    <Paper withBorder p="lg">
      <form onSubmit={form.onSubmit((values) => choose.mutate(values))}>
        <Stack>
          <Title order={2} size="h3">
            {t(domain === null ? 'sending.own' : 'sending.another')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('sending.ownWhy')}
          </Text>
          <AddressFields input={(field) => ({ ...form.getInputProps(field), error: fieldErrors[field] })} />
          <ProblemNote error={choose.error} />
          <Group justify="flex-end">
            <Button type="submit" loading={choose.isPending} disabled={domain !== null && !form.isDirty()}>
              {t('sending.choose')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}

/** The sender address in its two parts. */
function AddressFields({ input }: { readonly input: InputPropsOf<'fromLocal' | 'domain'> }) {
  const { t } = useTranslation();
  return (
    <Group align="flex-start">
      <TextInput
        label={t('sending.local')}
        required
        maxLength={64}
        style={{ flex: '1 1 140px' }}
        {...input('fromLocal')}
      />
      <TextInput
        label={t('sending.domain')}
        placeholder="news.example.com"
        required
        maxLength={253}
        style={{ flex: '2 1 240px' }}
        {...input('domain')}
      />
    </Group>
  );
}
