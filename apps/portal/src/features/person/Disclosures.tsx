import { Paper, Stack, Table, Text, Title, VisuallyHidden } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DataSubjectExport } from '#contracts';
import { useCan } from '../../shared/session';
import { Confirm } from '../../shared/Confirm';
import { useFormat } from '../../shared/format';
import { ShareLead } from './ShareLead';
import { revokeDisclosure, personKeys } from './api';
import { invalidate } from '../../shared/query-keys';

type Shared = DataSubjectExport['disclosures'][number];

/**
 * Shows a partner which data of a contact the vendor sees, why, and how to
 * withdraw it.
 */
export function Disclosures({ file }: { readonly file: DataSubjectExport }) {
  const { t } = useTranslation();
  const can = useCan();
  const { disclosures: shared } = file;
  const isShared = shared.some(({ revokedAt }) => revokedAt === null);
  const lead = file.leads.at(-1);
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="disclosures">
      <Stack align="flex-start">
        <Title order={2} size="h3" id="disclosures">
          {t('disclosures.title')}
        </Title>
        <Text size="sm" c="dimmed">
          {t(shared.length === 0 ? 'disclosures.none' : 'disclosures.lead')}
        </Text>
        {shared.length > 0 && (
          <Table.ScrollContainer minWidth={640} w="100%">
            <Table verticalSpacing="sm">
              <Table.Thead>
                <Table.Tr>
                  {(['to', 'what', 'purpose', 'by', 'state'] as const).map((name) => (
                    <Table.Th key={name}>{t(`disclosures.${name}`)}</Table.Th>
                  ))}
                  <Table.Th>
                    <VisuallyHidden>{t('disclosures.revoke')}</VisuallyHidden>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {shared.map((one) => (
                  <SharedRow key={one.id} shared={one} contactId={String(file.contact['id'])} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
        {lead !== undefined && !isShared && can('leads.edit') && (
          <ShareLead leadId={String(lead['id'])} contactId={String(file.contact['id'])} />
        )}
      </Stack>
    </Paper>
  );
}

function SharedRow({ shared, contactId }: { readonly shared: Shared; readonly contactId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const client = useQueryClient();
  const { id, vendor, fields, purpose, disclosedBy, disclosedAt, revokedAt } = shared;
  const words = fields.map((field) => t(`disclosures.field.${field}`)).join(', ');
  const revoke = useMutation({
    mutationFn: () => revokeDisclosure(id),
    onSuccess: () => invalidate(client, personKeys.dataExport(contactId)),
  });
  return (
    <Table.Tr>
      <Table.Td>{vendor}</Table.Td>
      <Table.Td>{words}</Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{purpose}</Table.Td>
      <Table.Td>
        {disclosedBy}, {format.moment(disclosedAt)}
      </Table.Td>
      <Table.Td>
        {revokedAt === null ? t('disclosures.stands') : t('disclosures.revoked', { at: format.moment(revokedAt) })}
      </Table.Td>
      <Table.Td ta="right">
        {revokedAt === null && can('leads.edit') && (
          <Confirm
            label={t('disclosures.revoke')}
            question={t('disclosures.revokeQuestion', { vendor })}
            size="xs"
            onConfirm={() => revoke.mutateAsync()}
          >
            {t('disclosures.revokeText', { vendor, fields: words })}
          </Confirm>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
