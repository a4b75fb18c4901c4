import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeadView } from '#contracts';
import { call } from '../../shared/api';
import { ProblemNote } from '../../shared/ProblemNote';

/** Says of a lead that was taken up that somebody is still at it, with a note for the team. */
export function FollowUp({ lead }: { readonly lead: LeadView }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={open} aria-label={t('leads.followUpOf', { name: lead.name })}>
        {t('leads.followUp')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('leads.followUpOf', { name: lead.name })} centered>
        <FollowUpForm lead={lead} onDone={close} />
      </Modal>
    </>
  );
}

interface FollowUpFormProps {
  readonly lead: LeadView;
  readonly onDone: () => void;
}

function FollowUpForm({ lead, onDone }: FollowUpFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const say = useMutation({
    mutationFn: () =>
      call<LeadView>('POST', `/leads/${lead.id}/follow-ups`, {
        body: note.trim() === '' ? {} : { note: note.trim() },
      }),
    onSuccess: async () => {
      onDone();
      await client.invalidateQueries({ queryKey: ['leads'] });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        say.mutate();
      }}
    >
      <Stack>
        <Text size="sm">{t('leads.followUpHow')}</Text>
        <TextInput
          label={t('leads.note')}
          maxLength={300}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <ProblemNote error={say.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={say.isPending}>
            {t('leads.followUpSave')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
