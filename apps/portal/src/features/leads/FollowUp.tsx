import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeadView } from '#contracts';
import { useSession } from '../../shared/session';
import { useOptimistic } from '../../shared/optimistic';
import { ProblemNote } from '../../shared/ProblemNote';
import { Dialog } from '../../shared/Dialog';
import { addFollowUp } from './api';
import type { LeadChangeProps } from './lead-change';
import { queryKeys } from '../../shared/query-keys';

/**
 * Records a partner's follow-up of a lead, with a note for the team.
 * Shown optimistically.
 * On an error the dialog opens again with the note.
 */
export function FollowUp({ lead, onChanged }: LeadChangeProps) {
  const { t } = useTranslation();
  const { user } = useSession();
  const [opened, { open, close }] = useDisclosure(false);
  const [note, setNote] = useState('');
  const say = useOptimistic({
    list: queryKeys.leads,
    shown: (row: LeadView, written: string) =>
      row.id === lead.id
        ? { ...row, followedUp: { at: new Date().toISOString(), by: user.name, note: written === '' ? null : written } }
        : row,
    ask: (written) => addFollowUp(lead.id, written === '' ? {} : { note: written }),
    onDone: (changed) => {
      setNote('');
      onChanged?.(changed);
    },
    onFailed: open,
  });
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={say.isPending}
        onClick={() => {
          say.reset();
          open();
        }}
        aria-label={t('leads.followUpOf', { name: lead.name })}
      >
        {t('leads.followUp')}
      </Button>
      <Dialog opened={opened} onClose={close} title={t('leads.followUpOf', { name: lead.name })} centered>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            close();
            say.mutate(note.trim());
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
              <Button type="submit">{t('leads.followUpSave')}</Button>
            </Group>
          </Stack>
        </form>
      </Dialog>
    </>
  );
}
