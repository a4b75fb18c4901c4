import { List, Paper, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconEraser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { DataSubjectExport } from '#contracts';
import { useCan } from '../../shared/session';
import { Confirm } from '../../shared/Confirm';
import { useFormat } from '../../shared/format';
import { eraseContact } from './api';
import { invalidate, queryKeys } from '../../shared/query-keys';

interface ErasureProps {
  readonly file: DataSubjectExport;
  readonly name: string;
}

/**
 * Erases a contact.
 * First shows what is deleted and what remains.
 */
export function Erasure({ file, name }: ErasureProps) {
  const { t } = useTranslation();
  const can = useCan();
  const navigate = useNavigate();
  const client = useQueryClient();
  const id = String(file.contact['id']);
  const erase = useMutation({
    mutationFn: () => eraseContact(id),
    onSuccess: () => {
      notifications.show({ color: 'teal', message: t('personFile.erased') });
      client.removeQueries({ queryKey: [...queryKeys.dataExports, id] });
      const { contacts, contactDetails, contactLists, suppressions, leads } = queryKeys;
      void invalidate(client, contacts, contactDetails, contactLists, suppressions, leads);
      void navigate('/contacts');
    },
  });
  if (!can('contacts.edit')) return null;
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="erase">
      <Stack align="flex-start">
        <Title order={2} size="h3" id="erase">
          {t('personFile.eraseTitle')}
        </Title>
        <Text size="sm">{t('personFile.eraseLead')}</Text>
        <WhatStays messages={file.messages.length} />
        <Confirm
          label={t('personFile.erase', { name })}
          question={t('personFile.eraseQuestion', { email: String(file.contact['email']) })}
          icon={<IconEraser size={16} aria-hidden />}
          onConfirm={() => erase.mutateAsync()}
        >
          <WhatStays messages={file.messages.length} />
        </Confirm>
      </Stack>
    </Paper>
  );
}

function WhatStays({ messages }: { readonly messages: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="xs">
      <Text size="sm">
        <b>{t('personFile.goes')}:</b> {t('personFile.goesText')}
      </Text>
      <Text size="sm" fw={700}>
        {t('personFile.stays')}:
      </Text>
      <List size="sm" spacing={4}>
        <List.Item>{t('personFile.staysHash')}</List.Item>
        <List.Item>{t('personFile.staysCounts', { count: messages, number: format.number(messages) })}</List.Item>
      </List>
    </Stack>
  );
}
