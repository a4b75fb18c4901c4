import { Box, Button, Group, Loader, NativeSelect, Paper, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { keepPreviousData, useMutation, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { IconMailForward } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { DatesView, EmailPreview, OfferDetail } from '#contracts';
import { useCan } from '../../shared/session';
import { useFormat } from '../../shared/format';
import {
  DEFAULT_SETTINGS,
  LAYOUT_WIDTHS,
  PreviewSettingsControl,
  PartsLegend,
  type PreviewSettings,
} from '../../shared/PreviewSettings';
import { ProblemNote } from '../../shared/ProblemNote';
import { type Recipient, RecipientChoice } from '../../shared/RecipientChoice';
import { armLetter } from '../../shared/experiments';
import { useMissingDateText } from '../../shared/missing-date-text';
import { useConditionText } from '../../shared/condition-text';
import type { SlotTexts } from './slot-texts';
import { type SlotNodes } from '../../shared/slot-nodes';
import { textsForTactic } from './slots';
import { WritablePreview } from './WritablePreview';
import { previewEmail, sendTestEmail } from './api';

interface EmailPreviewsProps {
  readonly offer: OfferDetail;
  /** Dates of the current choices; undefined while loading. */
  readonly calendar: DatesView | undefined;
  readonly locale: string;
  readonly slots: Readonly<Record<string, SlotNodes>>;
  /** Slot texts, debounced. */
  readonly words: Readonly<Record<string, SlotNodes>>;
  readonly own: SlotTexts;
}

/** Shows a partner every e-mail of the sequence as a recipient sees it. */
export function EmailPreviews({ offer, calendar, locale, slots, words: all, own }: EmailPreviewsProps) {
  const { t } = useTranslation();
  const conditionText = useConditionText();
  const can = useCan();
  // By place: a step may have several e-mails, and two steps the same one.
  const [place, setPlace] = useState(0);
  const email = offer.emails[place];
  const key = email?.key ?? '';
  const whether = conditionText(email?.onlyIf ?? []);
  const [look, setLook] = useState(DEFAULT_SETTINGS);
  const [recipient, setRecipient] = useState<Recipient>({});
  const words = textsForTactic(`emails.${key}`, offer.slots, all);
  const preview = useQuery({
    queryKey: ['preview', offer.versionId, key, locale, words, look.parts, recipient],
    queryFn: ({ signal }) =>
      previewEmail(offer.versionId, key, {
        body: { locale, slots: words, parts: look.parts, places: true, ...recipient },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
  const test = useMutation({
    mutationFn: () => sendTestEmail(offer.versionId, key, { locale, slots, ...recipient }),
    onSuccess: ({ to }) => notifications.show({ color: 'teal', message: t('review.testSent', { to }) }),
  });
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-end">
        <StepChoice offer={offer} calendar={calendar} place={place} onPlace={setPlace} />
        {can('activations.launch') && <TestButton isSending={test.isPending} onSend={() => test.mutate()} />}
        <PreviewSettingsControl look={look} onLook={setLook} />
      </Group>
      {(preview.data?.asks ?? []).length > 0 && (
        <Group>
          <RecipientChoice asks={preview.data?.asks ?? []} recipient={recipient} onChoose={setRecipient} />
        </Group>
      )}
      {whether !== null && <Text size="sm">{whether}</Text>}
      {look.parts && <PartsLegend />}
      <ProblemNote error={preview.error} again={{ ask: () => preview.refetch(), isAsking: preview.isFetching }} />
      <ProblemNote error={test.error} />
      <EmailFrame preview={preview} look={look} own={own} />
    </Stack>
  );
}

interface StepChoiceProps extends Pick<EmailPreviewsProps, 'offer' | 'calendar'> {
  readonly place: number;
  readonly onPlace: (place: number) => void;
}

/** Chooses an e-mail by the number and date of its step; of a tested step, by its letter, too. */
function StepChoice({ offer, calendar, place, onPlace }: StepChoiceProps) {
  const { t } = useTranslation();
  const dayOf = useDayOf(calendar);
  return (
    <NativeSelect
      label={t('review.email')}
      value={String(place)}
      onChange={(event) => onPlace(Number(event.currentTarget.value))}
      data={offer.emails.map((one, at) => ({
        value: String(at),
        label: t('review.emailOption', {
          number: `${offer.names.find((name) => name.stepKey === one.stepKey)?.number ?? at + 1}${letterOf(offer, at)}`,
          day: dayOf(one.stepKey),
        }),
      }))}
    />
  );
}

/** The letter of an e-mail of a step that tests several; empty for others. */
function letterOf({ emails }: OfferDetail, place: number): string {
  const arms = emails.filter(({ stepKey }) => stepKey === emails[place]?.stepKey);
  const arm = arms.findIndex((one) => one === emails[place]);
  return arms.length < 2 ? '' : ` ${armLetter(arm)}`;
}

interface EmailFrameProps extends Pick<EmailPreviewsProps, 'own'> {
  readonly preview: UseQueryResult<z.output<typeof EmailPreview>>;
  readonly look: PreviewSettings;
}

/** Subject and body, in which a partner can edit the slots. */
function EmailFrame({ preview, look, own }: EmailFrameProps) {
  const { t } = useTranslation();
  return (
    <Paper withBorder style={{ overflow: 'hidden' }}>
      <Group px="md" py="sm" gap="sm" wrap="nowrap">
        <Text size="sm" c="dimmed" style={{ flexShrink: 0 }}>
          {t('review.subject')}
        </Text>
        <Text size="sm" fw={600} style={{ flexGrow: 1 }}>
          {preview.data?.subject ?? '…'}
        </Text>
        {preview.isFetching && <Loader size="xs" aria-hidden />}
      </Group>
      <Box bg="#f1f3f5">
        <WritablePreview
          words={own}
          title={t('review.emailFrame')}
          html={preview.data?.html ?? ''}
          layoutWidth={LAYOUT_WIDTHS.emails[look.screen]}
          dark={look.screen === 'dark'}
          height={760}
        />
      </Box>
    </Paper>
  );
}

/** Sends the e-mail to the user's own address. */
function TestButton({ isSending, onSend }: { readonly isSending: boolean; readonly onSend: () => void }) {
  const { t } = useTranslation();
  return (
    <Button
      variant="default"
      leftSection={<IconMailForward size={16} aria-hidden />}
      loading={isSending}
      onClick={onSend}
    >
      {t('review.test')}
    </Button>
  );
}

/** Date of a step with the current choices, or why it has none. */
function useDayOf(calendar: DatesView | undefined): (stepKey: string) => string {
  const format = useFormat();
  const missingDateText = useMissingDateText();
  return (stepKey) => {
    const step = calendar?.steps.find((one) => one.stepKey === stepKey);
    if (calendar === undefined || step === undefined) return '…';
    return step.at === null ? missingDateText(step.why) : format.weekday(step.at, calendar.timeZone);
  };
}
