import { Button, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActivationDetail, ActivationUpdateView, AnswerUpdate } from '#contracts';
import { Dialog } from '../../shared/Dialog';
import { Loaded } from '../../shared/Page';
import { Preview } from '../../shared/Preview';
import { ProblemNote } from '../../shared/ProblemNote';
import { useCan } from '../../shared/session';
import { answerUpdate, useUpdatePreview } from './api';
import { Differences } from './NewerVersion';
import { answersOf, firstLines, OpenSlotField } from './OpenSlotField';

type Update = NonNullable<ActivationUpdateView['update']>;

interface UpdateProps {
  readonly activation: ActivationDetail;
  readonly update: Update;
}

/** What the vendor's update changes of a running campaign, and the texts that it asks for. */
export function UpdateOfVersion({ activation, update }: UpdateProps) {
  const { t } = useTranslation();
  const { state, refusal, number, openSlots, locale } = update;
  const [lines, setLines] = useState<Readonly<Record<string, string>>>({});
  const written = { ...firstLines(openSlots), ...lines };
  const answers = answersOf(openSlots, written);
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
        <Comparisons activation={activation} update={update} answers={answers} />
        {state === 'asks-partner' && (
          <>
            {openSlots.map((slot) => (
              <OpenSlotField
                key={slot.name}
                slot={slot}
                locale={locale}
                value={written[slot.name] ?? ''}
                onValue={(value) => setLines({ ...lines, [slot.name]: value })}
                alt={slot.alt === null ? '' : (written[slot.alt.name] ?? '')}
                onAlt={(value) => slot.alt !== null && setLines({ ...lines, [slot.alt.name]: value })}
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
    onSuccess: () => client.invalidateQueries(),
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

interface ComparisonsProps extends UpdateProps {
  readonly answers: AnswerUpdate;
}

/** Buttons that show each changed e-mail before and after. */
function Comparisons({ activation, update, answers }: ComparisonsProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Update['emails'][number] | null>(null);
  const [opened, { open, close }] = useDisclosure(false);
  if (update.emails.length === 0) return null;
  return (
    <>
      <Stack gap="xs" align="flex-start">
        {update.emails.map((email) => (
          <Button
            key={email.key}
            size="xs"
            variant="default"
            onClick={() => {
              setShown(email);
              open();
            }}
          >
            {t('update.compare', { title: email.title })}
          </Button>
        ))}
      </Stack>
      <Dialog
        opened={opened}
        onClose={close}
        title={t('update.compareTitle', { title: shown?.title ?? '' })}
        size="90rem"
      >
        {shown !== null && <SideBySide activationId={activation.id} emailKey={shown.key} answers={answers} />}
      </Dialog>
    </>
  );
}

interface SideBySideProps {
  readonly activationId: string;
  readonly emailKey: string;
  readonly answers: AnswerUpdate;
}

function SideBySide({ activationId, emailKey, answers }: SideBySideProps) {
  const { t } = useTranslation();
  const preview = useUpdatePreview(activationId, emailKey, answers);
  return (
    <Loaded query={preview} height={560}>
      {(both) => (
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          {(['before', 'after'] as const).map((side) => (
            <Stack key={side} gap="xs">
              <Text fw={600}>{t(`update.${side}`)}</Text>
              {both[side] === null ? (
                <Text size="sm">{t(`update.none.${side}`)}</Text>
              ) : (
                <>
                  <Text size="sm">{both[side].subject}</Text>
                  <Preview title={t(`update.frame.${side}`)} html={both[side].html} layoutWidth={600} height={560} />
                </>
              )}
            </Stack>
          ))}
        </SimpleGrid>
      )}
    </Loaded>
  );
}
