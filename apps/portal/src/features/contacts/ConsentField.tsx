import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session';
import { call } from '../../shared/api';
import { ProblemNote } from '../../shared/ProblemNote';
import type { ConsentBasis } from './consent';
import { ConsentInputs } from './ConsentInputs';

interface ConsentFieldProps {
  readonly contactId: string;
  /** `pending`: the person is asked by mail; nobody states that here. */
  readonly basis: ConsentBasis | 'pending';
  readonly onRecorded: () => Promise<unknown>;
}

/** On what basis one may write to somebody, and the way to say it. */
export function ConsentField({ contactId, basis, onRecorded }: ConsentFieldProps) {
  const { t } = useTranslation();
  const may = useMay();
  const form = useForm({ initialValues: { basis: basis === 'pending' ? ('unknown' as const) : basis, evidence: '' } });
  const record = useMutation({
    mutationFn: (consent: typeof form.values) =>
      call<unknown>('PATCH', `/contacts/${contactId}`, {
        body: { consent: { basis: consent.basis, evidence: consent.evidence === '' ? null : consent.evidence } },
      }),
    onSuccess: () => {
      notifications.show({ color: 'teal', message: t('contact.consentKept') });
      return onRecorded();
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => record.mutate(values))}>
      <Stack gap="xs">
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            {t('contact.consent')}
          </Text>
          <Badge variant="light" tt="none" color={basis === 'unknown' || basis === 'pending' ? 'yellow' : 'teal'}>
            {t(`consent.${basis}`)}
          </Badge>
        </Group>
        {may('contacts.edit') && (
          <ConsentInputs
            label={t('contact.newConsent')}
            basis={form.values.basis}
            evidence={form.values.evidence}
            onBasis={(chosen) => form.setFieldValue('basis', chosen)}
            onEvidence={(written) => form.setFieldValue('evidence', written)}
            showsEvidence={form.isDirty('basis')}
          />
        )}
        <ProblemNote error={record.error} />
        {form.isDirty('basis') && (
          <Group justify="flex-end">
            <Button type="submit" variant="default" loading={record.isPending}>
              {t('contact.recordConsent')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
