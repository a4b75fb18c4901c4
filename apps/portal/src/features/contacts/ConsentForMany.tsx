import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { keepPreviousData, useMutation, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraftForm } from '../../shared/draft-form';
import { useCan } from '../../shared/session';
import { useFieldErrors } from '../../shared/field-errors';
import { useFormat } from '../../shared/format';
import { ProblemNote } from '../../shared/ProblemNote';
import { Dialog } from '../../shared/Dialog';
import { RestoredDraftNote } from '../../shared/RestoredDraftNote';
import type { ConsentBasis } from '../../shared/contacts/consent';
import { ConsentInputs } from '../../shared/contacts/ConsentInputs';
import { useContactCount } from '../../shared/requests';
import { recordConsent } from './api';
import { invalidate, queryKeys } from '../../shared/query-keys';

interface ConsentForManyProps {
  /**
   * API filter.
   * The consent applies to all matching contacts, on every page.
   */
  readonly filter: Readonly<Record<string, string>>;
}

/**
 * Shows a partner the number of matching contacts, and records one consent for
 * all.
 */
export function ConsentForMany({ filter }: ConsentForManyProps) {
  const { t } = useTranslation();
  const format = useFormat();
  // Contacts with a pending double opt-in answer for themselves.
  const canRecord = useCan()('contacts.edit') && filter['consent'] !== 'pending';
  const [opened, { open, close }] = useDisclosure(false);
  const words = new URLSearchParams(filter).toString();
  // An open dialog stays while the contacts of another filter are counted.
  const counted = useContactCount(words, { placeholderData: keepPreviousData });
  const count = counted.data?.count ?? 0;
  const number = format.number(count);
  if (count === 0) return null;
  return (
    <Group justify="space-between">
      <Text size="sm" aria-live="polite">
        {t('consentForMany.match', { count, number })}
      </Text>
      {canRecord && (
        <Button variant="default" size="xs" onClick={open}>
          {t('consentForMany.open')}
        </Button>
      )}
      <Dialog opened={opened} onClose={close} title={t('consentForMany.title', { count, number })} size="lg" centered>
        <Form key={words} filter={filter} count={count} isCounting={counted.isPlaceholderData} onRecorded={close} />
      </Dialog>
    </Group>
  );
}

interface FormProps extends ConsentForManyProps {
  readonly count: number;
  /** Whether `count` is still the one of another filter. */
  readonly isCounting: boolean;
  readonly onRecorded: () => void;
}

const NOTHING_WRITTEN = { basis: 'opt-in' as ConsentBasis, evidence: '' };

/**
 * A search contains personal data.
 * Neither it nor the evidence for its results is stored in the browser.
 */
function aboutThose({ q, ...filter }: ConsentForManyProps['filter']) {
  if (q !== undefined) return { about: 'consent-for-found', secret: ['basis', 'evidence'] as const };
  return { about: `consent-for-many ${new URLSearchParams(filter).toString()}` };
}

function Form({ filter, count, isCounting, onRecorded }: FormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { form, isUnsaved, forget, discard } = useDraftForm({
    ...aboutThose(filter),
    saved: NOTHING_WRITTEN,
  });
  const { basis, evidence } = form.values;
  const number = format.number(count);
  const record = useRecordConsent({ filter, count }, () => {
    forget();
    onRecorded();
  });
  const fieldErrors = useFieldErrors(record.error)['consent.evidence'];
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    record.mutate(form.values);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{t('consentForMany.text')}</Text>
        <ConsentInputs
          label={t('consentForMany.basis')}
          basis={basis}
          evidence={evidence}
          onBasis={(chosen) => form.setFieldValue('basis', chosen)}
          onEvidence={(written) => form.setFieldValue('evidence', written)}
          showsEvidence
          evidenceFault={fieldErrors}
        />
        {fieldErrors === undefined && <ProblemNote error={record.error} />}
        <RestoredDraftNote isUnsaved={isUnsaved} onDiscard={discard} />
        <Group justify="flex-end">
          <Button type="submit" loading={record.isPending} disabled={isCounting}>
            {t('consentForMany.record', { count, number })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useRecordConsent({ filter, count }: Pick<FormProps, 'filter' | 'count'>, onRecorded: () => void) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ basis, evidence }: typeof NOTHING_WRITTEN) =>
      recordConsent({
        filter,
        expected: count,
        consent: { basis, evidence: evidence.trim() === '' ? null : evidence },
      }),
    onSuccess: async () => {
      const number = format.number(count);
      notifications.show({ color: 'teal', message: t('consentForMany.recorded', { count, number }) });
      onRecorded();
      await invalidate(client, queryKeys.contacts, queryKeys.contactDetails);
    },
    // Other contacts match by now, so the count is refetched.
    onError: () => invalidate(client, queryKeys.contactCounts),
  });
}
