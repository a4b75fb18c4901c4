import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconShare3 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DisclosedField, LeadView } from '#contracts';
import { Dialog } from '../Dialog';
import { useFieldErrors } from '../field-errors';
import { ProblemNote } from '../ProblemNote';
import { invalidate, queryKeys } from '../query-keys';
import { shareLead } from '../requests';

const FIELDS = ['company', 'name', 'email', 'phone', 'message'] as const satisfies readonly DisclosedField[];

interface ShareLeadProps {
  readonly lead: LeadView;
}

/** Shares selected data of a lead with the vendor, for a stated reason. */
export function ShareLead({ lead }: ShareLeadProps) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" leftSection={<IconShare3 size={16} aria-hidden />} onClick={open}>
        {t('disclosures.shareWith', { vendor: lead.vendorName })}
      </Button>
      <Dialog opened={opened} onClose={close} title={t('disclosures.shareTitle', { vendor: lead.vendorName })} centered>
        <ShareForm lead={lead} onShared={close} />
      </Dialog>
    </>
  );
}

function ShareForm({ lead, onShared }: ShareLeadProps & { readonly onShared: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({ initialValues: { fields: [] as string[], purpose: '' } });
  const share = useMutation({
    mutationFn: (body: typeof form.values) => shareLead(lead.id, body),
    onSuccess: async () => {
      notifications.show({ color: 'teal', message: t('disclosures.shared') });
      onShared();
      await invalidate(client, queryKeys.leads, queryKeys.dataExports);
    },
  });
  const fieldErrors = useFieldErrors(share.error)['purpose'];
  return (
    <form onSubmit={form.onSubmit((values) => share.mutate(values))}>
      <Stack>
        <Text size="sm">{t('disclosures.shareText', { vendor: lead.vendorName })}</Text>
        <Checkbox.Group label={t('disclosures.fields')} withAsterisk {...form.getInputProps('fields')}>
          <FieldChoices lead={lead} />
        </Checkbox.Group>
        <Text size="sm" c="dimmed">
          {t('disclosures.notShared')}
        </Text>
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

/** The fields that the lead has, each with the text that the vendor will read. */
function FieldChoices({ lead }: ShareLeadProps) {
  const { t } = useTranslation();
  const values: Record<DisclosedField, string | null> = {
    company: lead.company,
    // Without a name, the list shows the address instead.
    name: lead.name === lead.email ? null : lead.name,
    email: lead.email,
    phone: lead.phone,
    message: lead.message,
  };
  return (
    <Stack gap="xs" mt="xs">
      {FIELDS.filter((field) => (values[field] ?? '') !== '').map((field) => (
        <Checkbox
          key={field}
          value={field}
          label={t(`disclosures.field.${field}`)}
          description={values[field]}
          styles={{ description: { overflowWrap: 'anywhere' } }}
        />
      ))}
    </Stack>
  );
}
