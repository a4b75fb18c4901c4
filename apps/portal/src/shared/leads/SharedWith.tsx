import { Group, Paper, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DisclosureAnswer, DisclosureView } from '#contracts';
import { Confirm } from '../Confirm';
import { useFormat } from '../format';
import { invalidate, queryKeys } from '../query-keys';
import { revokeDisclosure } from '../requests';
import { useCan } from '../session';
import { StatusBadge } from '../StatusBadge';

type Shared = Pick<DisclosureView, 'id' | 'fields' | 'purpose' | 'disclosedBy' | 'disclosedAt' | 'revokedAt'> & {
  readonly answers: readonly DisclosureAnswer[];
};

interface SharedWithProps {
  readonly vendorName: string;
  readonly shared: Shared;
}

/**
 * What a vendor sees of a lead, why, and what it answered. The button that ends
 * it is above the details, so that it is visible on a phone.
 */
export function SharedWith({ vendorName, shared }: SharedWithProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const { fields, purpose, disclosedBy, disclosedAt, revokedAt, answers } = shared;
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Group justify="space-between" align="flex-start" gap="xs">
          <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
            {revokedAt === null
              ? t('disclosures.sharedWith', { vendor: vendorName })
              : t('disclosures.revokedFor', { vendor: vendorName, at: format.moment(revokedAt) })}
          </Text>
          {revokedAt === null && can('leads.edit') && <TakeBack vendorName={vendorName} shared={shared} />}
        </Group>
        <Text size="sm">{fields.map((field) => t(`disclosures.field.${field}`)).join(', ')}</Text>
        {purpose !== '' && (
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {t('disclosures.because', { purpose })}
          </Text>
        )}
        <Text size="xs" c="dimmed">
          {disclosedBy}, {format.moment(disclosedAt)}
        </Text>
        {revokedAt === null && answers.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('disclosures.noAnswer', { vendor: vendorName })}
          </Text>
        )}
        {answers.map((answer) => (
          <Answer key={answer.at} answer={answer} />
        ))}
      </Stack>
    </Paper>
  );
}

function Answer({ answer: { status, note, by, at } }: { readonly answer: DisclosureAnswer }) {
  const format = useFormat();
  return (
    <Stack gap={2} align="flex-start">
      <StatusBadge status={status} />
      {note !== null && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {note}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {by}, {format.moment(at)}
      </Text>
    </Stack>
  );
}

function TakeBack({ vendorName, shared: { id, fields } }: SharedWithProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => revokeDisclosure(id),
    onSuccess: () => invalidate(client, queryKeys.leads, queryKeys.dataExports),
  });
  return (
    <Confirm
      label={t('disclosures.revoke')}
      question={t('disclosures.revokeQuestion', { vendor: vendorName })}
      size="xs"
      onConfirm={() => revoke.mutateAsync()}
    >
      {t('disclosures.revokeText', {
        vendor: vendorName,
        fields: fields.map((field) => t(`disclosures.field.${field}`)).join(', '),
      })}
    </Confirm>
  );
}
