import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DisclosedField } from '#contracts';
import { useFieldErrors } from '../../shared/field-errors';
import { ProblemNote } from '../../shared/ProblemNote';
import { Dialog } from '../../shared/Dialog';
import { shareLead, personKeys } from './api';
import { invalidate } from '../../shared/query-keys';

const FIELDS = ['company', 'name', 'email', 'message'] as const satisfies readonly DisclosedField[];

interface ShareLeadProps {
  readonly leadId: string;
  readonly contactId: string;
}

/** Shares selected data of a lead with the vendor, for a stated reason. */
export function ShareLead({ leadId, contactId }: ShareLeadProps) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('disclosures.share')}
      </Button>
      <Dialog opened={opened} onClose={close} title={t('disclosures.shareTitle')} centered>
        <Form leadId={leadId} contactId={contactId} onShared={close} />
      </Dialog>
    </>
  );
}

function Form({ leadId, contactId, onShared }: ShareLeadProps & { readonly onShared: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({ initialValues: { fields: ['company'] as string[], purpose: '' } });
  const share = useMutation({
    mutationFn: (body: typeof form.values) => shareLead(leadId, body),
    onSuccess: async () => {
      notifications.show({ color: 'teal', message: t('disclosures.shared') });
      onShared();
      await invalidate(client, personKeys.dataExport(contactId));
    },
  });
  const fieldErrors = useFieldErrors(share.error)['purpose'];
  return (
    <form onSubmit={form.onSubmit((values) => share.mutate(values))}>
      <Stack>
        <Text size="sm">{t('disclosures.shareText')}</Text>
        <Checkbox.Group label={t('disclosures.fields')} {...form.getInputProps('fields')}>
          <Stack gap="xs" mt="xs">
            {FIELDS.map((field) => (
              <Checkbox key={field} value={field} label={t(`disclosures.field.${field}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
        <TextInput
          label={t('disclosures.purpose')}
          description={t('disclosures.purposeHow')}
          required
          minLength={3}
          maxLength={300}
          {...form.getInputProps('purpose')}
          error={fieldErrors}
        />
        {fieldErrors === undefined && <ProblemNote error={share.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={share.isPending} disabled={form.values.fields.length === 0}>
            {t('disclosures.share')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
