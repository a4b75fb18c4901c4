import { Anchor, Badge, Button, Group, Stack, Text } from '@mantine/core';
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
  /** The latest record. */
  readonly consent: ConsentRecord | undefined;
  readonly onRecorded: () => Promise<unknown>;
}

/**
 * Legal basis for writing to a contact, with a form to record another one or
 * renew it.
 */
export function ConsentField({ contactId, consent, onRecorded }: ConsentFieldProps) {
  const { t } = useTranslation();
  const can = useCan();
  const [isAnew, setAnew] = useState(false);
  const basis = consent?.basis ?? 'unknown';
  // `pending` waits for the contact's answer by e-mail, so users cannot select
  // it.
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
        <AskingForm consent={consent} />
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
          <RecordButton isSaid={isSaid} isPending={record.isPending} onAnew={() => setAnew(true)} />
        )}
      </Stack>
    </form>
  );
}

interface RecordButtonProps {
  /** The user has said something new. */
  readonly isSaid: boolean;
  readonly isPending: boolean;
  readonly onAnew: () => void;
}

/**
 * Two buttons with own keys. If one button changed its type, the click that
 * opens the field would also submit it.
 */
function RecordButton({ isSaid, isPending, onAnew }: RecordButtonProps) {
  const { t } = useTranslation();
  return (
    <Group justify="flex-end">
      {isSaid ? (
        <Button key="record" type="submit" variant="default" loading={isPending}>
          {t('contact.recordConsent')}
        </Button>
      ) : (
        <Button key="anew" variant="default" onClick={onAnew}>
          {t('contact.consentAnew')}
        </Button>
      )}
    </Group>
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

/** The text that a form showed, where and when; nothing for a record of another origin. */
function AskingForm({ consent }: Pick<ConsentFieldProps, 'consent'>) {
  const { t } = useTranslation();
  const format = useFormat();
  if (consent?.form == null) return null;
  const { form, evidence, recordedAt, jurisdiction } = consent;
  return (
    <Stack gap={2}>
      <Text size="sm" c="dimmed">
        {t('contact.consentForm.shown', { at: format.moment(recordedAt) })}
      </Text>
      <Text size="sm" component="blockquote" m={0} lang={form.language} dir="auto" style={{ overflowWrap: 'anywhere' }}>
        {evidence}
      </Text>
      <Text size="xs" c="dimmed">
        {t(`contact.consentForm.${form.confirmation}`)}{' '}
        {jurisdiction !== null && t('contact.consentForm.law', { country: format.country(jurisdiction) })}
      </Text>
      <Anchor size="xs" href={form.page} target="_blank" rel="noreferrer">
        {t('contact.consentForm.page')}
      </Anchor>
    </Stack>
  );
}
