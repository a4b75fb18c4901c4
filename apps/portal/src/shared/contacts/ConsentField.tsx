import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsentRecord } from '#contracts';
import { useCan } from '../session';
import { useFormat } from '../format';
import { ProblemNote } from '../ProblemNote';
import { ConsentInputs } from './ConsentInputs';
import { updateContact } from '../requests';

interface ConsentFieldProps {
  readonly contactId: string;
  /** What was recorded last. */
  readonly consent: ConsentRecord | undefined;
  readonly onRecorded: () => Promise<unknown>;
}

/** On what basis one can write to somebody, and the way to say it: another, or the same one anew. */
export function ConsentField({ contactId, consent, onRecorded }: ConsentFieldProps) {
  const { t } = useTranslation();
  const can = useCan();
  const [isAnew, setAnew] = useState(false);
  const basis = consent?.basis ?? 'unknown';
  // `pending`: the person is asked by mail; nobody states that here.
  const form = useForm({ initialValues: { basis: basis === 'pending' ? ('unknown' as const) : basis, evidence: '' } });
  const record = useMutation({
    mutationFn: (said: typeof form.values) =>
      updateContact(contactId, {
        consent: { basis: said.basis, evidence: said.evidence.trim() === '' ? null : said.evidence },
      }),
    onSuccess: () => {
      notifications.show({ color: 'teal', message: t('contact.consentKept') });
      return onRecorded();
    },
  });
  const isSaid = isAnew || form.isDirty('basis');
  return (
    <form onSubmit={form.onSubmit((values) => record.mutate(values))}>
      <Stack gap="xs">
        <Basis consent={consent} />
        {can('contacts.edit') && (
          <ConsentInputs
            label={t('contact.newConsent')}
            basis={form.values.basis}
            evidence={form.values.evidence}
            onBasis={(chosen) => form.setFieldValue('basis', chosen)}
            onEvidence={(written) => form.setFieldValue('evidence', written)}
            showsEvidence={isSaid}
          />
        )}
        <ProblemNote error={record.error} />
        {can('contacts.edit') && (isSaid || form.values.basis !== 'unknown') && (
          <Group justify="flex-end">
            {/* Two buttons and not one that changes: the press that opens the field would submit what became of it. */}
            {isSaid ? (
              <Button key="record" type="submit" variant="default" loading={record.isPending}>
                {t('contact.recordConsent')}
              </Button>
            ) : (
              <Button key="anew" variant="default" onClick={() => setAnew(true)}>
                {t('contact.consentAnew')}
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </form>
  );
}

function Basis({ consent }: Pick<ConsentFieldProps, 'consent'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const basis = consent?.basis ?? 'unknown';
  const isOpen = basis === 'unknown' || basis === 'pending';
  return (
    <Group gap="xs">
      <Text size="sm" c="dimmed">
        {t('contact.consent')}
      </Text>
      {consent?.hasExpired === true && consent.expiresOn !== null ? (
        <Badge variant="light" tt="none" color="red">
          {t('contact.consentExpired', { basis: t(`consent.${basis}`), day: format.day(consent.expiresOn) })}
        </Badge>
      ) : (
        <Badge variant="light" tt="none" color={isOpen ? 'yellow' : 'teal'}>
          {t(`consent.${basis}`)}
        </Badge>
      )}
    </Group>
  );
}
