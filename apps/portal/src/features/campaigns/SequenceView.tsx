import { Stack, Text, Timeline } from '@mantine/core';
import {
  IconArrowsSplit,
  IconClock,
  IconFlag,
  IconHourglass,
  IconMail,
  IconShare,
  IconSpeakerphone,
  IconWebhook,
} from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail, SequenceStepView, WaitView } from '#contracts';
import { localised } from '../../shared/localised';

/** The steps in the order in which they are written, with where they lead besides. */
export function SequenceView({ version: { sequence, tactics } }: { readonly version: CampaignVersionDetail }) {
  const { t, i18n } = useTranslation();
  const { window, steps } = sequence;
  const subjectOf = ({ about }: SequenceStepView) =>
    localised(tactics.emails.find(({ key }) => key === about)?.subject ?? {}, i18n.language);
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('sequence.window', {
          from: window.from,
          to: window.to,
          days: window.weekdays.map((day) => t(`sequence.day.${day}`)).join(', '),
        })}
      </Text>
      <Timeline active={steps.length} bulletSize={28} lineWidth={2}>
        {steps.map((step, at) => (
          <Timeline.Item key={step.key} bullet={ICONS[step.kind]} title={titleOf(t, step)}>
            {step.kind === 'email' && (
              <Text size="sm" c="dimmed">
                {subjectOf(step)} · {t('sequence.earliest', { day: Math.floor(step.earliestHour / 24) + 1 })}
              </Text>
            )}
            {step.ways.map(({ when, to }, way) => (
              <Text key={way} size="sm" c="dimmed">
                {t('sequence.way', { when: t(`sequence.when.${when.on}`), step: to })}
              </Text>
            ))}
            {step.next !== (steps[at + 1]?.key ?? 'end') && (
              <Text size="sm" c="dimmed">
                {t('sequence.onward', { step: step.next })}
              </Text>
            )}
          </Timeline.Item>
        ))}
      </Timeline>
    </Stack>
  );
}

const ICONS: Readonly<Record<SequenceStepView['kind'], ReactNode>> = {
  email: <IconMail size={15} aria-hidden />,
  post: <IconShare size={15} aria-hidden />,
  notify: <IconSpeakerphone size={15} aria-hidden />,
  lead: <IconFlag size={15} aria-hidden />,
  webhook: <IconWebhook size={15} aria-hidden />,
  wait: <IconClock size={15} aria-hidden />,
  until: <IconHourglass size={15} aria-hidden />,
  branch: <IconArrowsSplit size={15} aria-hidden />,
};

function titleOf(t: TFunction, { kind, key, about, wait }: SequenceStepView): string {
  if (kind === 'wait') return wait === null ? key : t('sequence.wait', { time: timeOf(t, wait) });
  if (kind === 'until') return wait === null ? key : t('sequence.until', { time: timeOf(t, wait) });
  return t(`sequence.${kind}`, { about: about ?? key });
}

function timeOf(t: TFunction, wait: WaitView): string {
  if ('hours' in wait)
    return wait.hours % 24 === 0
      ? t('sequence.days', { count: wait.hours / 24 })
      : t('sequence.hours', { count: wait.hours });
  if ('businessDays' in wait) return t('sequence.businessDays', { count: wait.businessDays });
  if ('date' in wait) return t('sequence.untilDate', { date: wait.date, at: wait.at ?? '' }).trim();
  return t('sequence.untilTime', {
    at: wait.at,
    days: wait.weekdays.map((day) => t(`sequence.day.${day}`)).join(', '),
  });
}
