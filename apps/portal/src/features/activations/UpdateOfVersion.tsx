import { Button, Paper, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActivationDetail, ActivationUpdateView, AnswerUpdate } from '#contracts';
import { ProblemNote } from '../../shared/ProblemNote';
import { linesOf } from '../../shared/slot-nodes';
import { useCan } from '../../shared/session';
import { answerUpdate } from './api';
import { CompareEmails } from './CompareEmails';
import { Differences } from './NewerVersion';
import { answersOf, firstValues, type OpenSlot, OpenSlotField, wordNodes } from './OpenSlotField';

type Update = NonNullable<ActivationUpdateView['update']>;

interface UpdateProps {
  readonly activation: ActivationDetail;
  readonly update: Update;
}

/** What the vendor's update changes of a running campaign, and the texts that it asks for. */
export function UpdateOfVersion({ activation, update }: UpdateProps) {
  const { t } = useTranslation();
  const { state, refusal, number, openSlots, locale } = update;
  const [written, setWritten] = useState<Readonly<Record<string, OpenSlot['vendorText']>>>({});
  const values = { ...firstValues(openSlots), ...written };
  const answers = answersOf(openSlots, values);
  const title = t(`update.title.${state}`, { number });
  return (
    // No coloured ground: descriptions of fields are too faint on one in the dark scheme.
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        <Text size="sm">
          {refusal === null ? t(`update.text.${state}`, { number }) : t(`update.refused.${refusal}`)}
        </Text>
        <Differences newer={update} locale={locale} />
        <CompareEmails activationId={activation.id} emails={update.compared} answers={answers} />
        {state === 'asks-partner' && (
          <>
            {openSlots.map((slot) => (
              <OpenSlotField
                key={slot.name}
                slot={slot}
                locale={locale}
                value={values[slot.name] ?? slot.vendorText}
                onValue={(value) => setWritten({ ...written, [slot.name]: value })}
                alt={slot.alt === null ? '' : linesOf(values[slot.alt.name] ?? wordNodes(''))}
                onAlt={(line) => slot.alt !== null && setWritten({ ...written, [slot.alt.name]: wordNodes(line) })}
              />
            ))}
            <SaveAnswers activationId={activation.id} answers={answers} />
          </>
        )}
      </Stack>
    </Paper>
  );
}

function SaveAnswers({ activationId, answers }: { readonly activationId: string; readonly answers: AnswerUpdate }) {
  const { t } = useTranslation();
  const can = useCan();
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () => answerUpdate(activationId, answers),
    onSuccess: async () => {
      notifications.show({ color: 'teal', message: t('update.saved') });
      await client.invalidateQueries();
    },
  });
  if (!can('activations.launch')) return null;
  return (
    <>
      <ProblemNote error={save.error} />
      <div>
        <Button loading={save.isPending} onClick={() => save.mutate()}>
          {t('update.save')}
        </Button>
      </div>
    </>
  );
}
