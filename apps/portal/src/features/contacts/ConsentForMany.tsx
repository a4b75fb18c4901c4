import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
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

interface ConsentForManyProps {
  /** As the API takes it; the contacts that match it are meant, on whatever page they are. */
  readonly filter: Readonly<Record<string, string>>;
}

/** How many match, and one consent for all of them. */
export function ConsentForMany({ filter }: ConsentForManyProps) {
  const { t } = useTranslation();
  const format = useFormat();
  // Who is asked by mail answers for themselves.
  const canRecord = useCan()('contacts.edit') && filter['consent'] !== 'pending';
  const [opened, { open, close }] = useDisclosure(false);
  const words = new URLSearchParams(filter).toString();
  const counted = useContactCount(words);
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
        <Form filter={filter} count={count} onRecorded={close} />
      </Dialog>
    </Group>
  );
}

interface FormProps extends ConsentForManyProps {
  readonly count: number;
  readonly onRecorded: () => void;
}

const NOTHING_WRITTEN = { basis: 'opt-in' as ConsentBasis, evidence: '' };

/** Whoever searched has somebody's name in the filter, and that stays in no browser: neither does what is written of those found. */
function aboutThose({ q, ...filter }: ConsentForManyProps['filter']) {
  if (q !== undefined) return { about: 'consent-for-found', secret: ['basis', 'evidence'] as const };
  return { about: `consent-for-many ${new URLSearchParams(filter).toString()}` };
}

function Form({ filter, count, onRecorded }: FormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const { form, isUnsaved, forget, discard } = useDraftForm({
    ...aboutThose(filter),
    saved: NOTHING_WRITTEN,
  });
  const { basis, evidence } = form.values;
  const number = format.number(count);
  const record = useMutation({
    mutationFn: () =>
      recordConsent({
        filter,
        expected: count,
        consent: { basis, evidence: evidence.trim() === '' ? null : evidence },
      }),
    onSuccess: async () => {
      notifications.show({ color: 'teal', message: t('consentForMany.recorded', { count, number }) });
      forget();
      onRecorded();
      await Promise.all(['contacts', 'contact'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
    // Others match now: the count beside the list is counted anew.
    onError: () => client.invalidateQueries({ queryKey: ['contacts', 'count'] }),
  });
  const fieldErrors = useFieldErrors(record.error)['consent.evidence'];
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    record.mutate();
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
          <Button type="submit" loading={record.isPending}>
            {t('consentForMany.record', { count, number })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
