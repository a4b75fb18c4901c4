import { Button, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFieldErrors } from '../../shared/field-errors';
import { ProblemNote } from '../../shared/ProblemNote';
import { Dialog } from '../../shared/Dialog';
import type { ConsentBasis } from '../../shared/contacts/consent';
import { ConsentChoice } from './ConsentChoice';
import { createContact } from './api';
import { invalidate, queryKeys } from '../../shared/query-keys';

interface NewContactModalProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly listId: string | null;
}

const FIELDS = ['firstName', 'lastName', 'company'] as const;
const BLANK = { email: '', firstName: '', lastName: '', company: '', basis: null as ConsentBasis | null, evidence: '' };

export function NewContactModal({ opened, onClose, listId }: NewContactModalProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({ initialValues: BLANK });
  const add = useMutation({
    mutationFn: ({ basis, evidence, ...fields }: typeof form.values) =>
      createContact({
        ...fields,
        consent: { basis, evidence: evidence.trim() === '' ? null : evidence },
        ...(listId === null ? {} : { listIds: [listId] }),
      }),
    onSuccess: async () => {
      form.reset();
      onClose();
      await invalidate(client, queryKeys.contacts, queryKeys.contactLists);
    },
  });
  const fieldErrors = useFieldErrors(add.error);
  return (
    <Dialog opened={opened} onClose={onClose} title={t('contacts.add')} centered>
      <form onSubmit={form.onSubmit((values) => add.mutate(values))}>
        <Stack>
          <TextInput
            label={t('account.email')}
            type="email"
            required
            data-autofocus
            {...form.getInputProps('email')}
            error={fieldErrors['email']}
          />
          <SimpleGrid cols={2}>
            {FIELDS.map((field) => (
              <TextInput key={field} label={t(`contact.field.${field}`)} {...form.getInputProps(field)} />
            ))}
          </SimpleGrid>
          <ConsentChoice
            label={t('contacts.basis')}
            basis={form.values.basis}
            evidence={form.values.evidence}
            onBasis={(chosen) => form.setFieldValue('basis', chosen)}
            onEvidence={(written) => form.setFieldValue('evidence', written)}
          />
          {fieldErrors['email'] === undefined && <ProblemNote error={add.error} />}
          <Button type="submit" loading={add.isPending} disabled={form.values.basis === null}>
            {t('contacts.add')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
