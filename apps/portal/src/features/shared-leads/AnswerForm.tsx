import { Button, Group, Radio, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DisclosedLead } from '#contracts';
import { ProblemNote } from '../../shared/ProblemNote';
import { invalidate } from '../../shared/query-keys';
import { answerSharedLead, sharedLeadKeys } from './api';

/** Answers the partner: a status, and a note. */
export function AnswerForm({ lead }: { readonly lead: DisclosedLead }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({ initialValues: { status: '', note: '' } });
  // A colleague may answer while a note is written: it stays, with a status that can still be chosen.
  const status = lead.next.find((next) => next === form.values.status) ?? lead.next[0] ?? 'accepted';
  const answer = useMutation({
    mutationFn: ({ note }: typeof form.values) =>
      answerSharedLead(lead.id, note.trim() === '' ? { status } : { status, note: note.trim() }),
    onSuccess: async () => {
      notifications.show({ color: 'teal', message: t('sharedLeads.answered', { partner: lead.partnerName }) });
      form.setFieldValue('note', '');
      await invalidate(client, sharedLeadKeys.list);
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => answer.mutate(values))}>
      <Stack>
        <Radio.Group
          label={t('sharedLeads.answerTo', { partner: lead.partnerName })}
          required
          {...form.getInputProps('status')}
          value={status}
        >
          <Stack gap="xs" mt="xs">
            {lead.next.map((status) => (
              <Radio key={status} value={status} label={t(`sharedLeads.status.${status}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <TextInput
          label={t('sharedLeads.note')}
          description={t('sharedLeads.noteHow', { partner: lead.partnerName })}
          maxLength={500}
          {...form.getInputProps('note')}
        />
        <ProblemNote error={answer.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={answer.isPending}>
            {t('sharedLeads.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
