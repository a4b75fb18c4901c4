import { Anchor, Stack, Text, Timeline } from '@mantine/core';
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
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { CampaignVersionDetail, SequenceStepView } from '#contracts';
import { useConditionText } from '../../shared/condition-text';
import { localised } from '../../shared/localised';
import { TestTimes } from '../../shared/TestTimes';
import { isEditable, openComments } from './campaign';
import { useEntryText } from './entry-text';
import { useStepTitle } from './step-title';

interface SequenceViewProps {
  readonly version: CampaignVersionDetail;
}

/**
 * Shows a vendor the steps in file order with their branches.
 * `?step=…` scrolls to one.
 */
export function SequenceView({ version }: SequenceViewProps) {
  const { sequence } = version;
  const { t, i18n } = useTranslation();
  const stepTitle = useStepTitle(version);
  const [query] = useSearchParams();
  const conditionText = useConditionText();
  const entryText = useEntryText();
  const asked = query.get('step');
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.focus({ preventScroll: true });
    place.current?.scrollIntoView({ block: 'center' });
  }, [asked]);
  const { window, steps } = sequence;
  const subjectOf = (key: string): string =>
    localised(version.tactics.emails.find((email) => email.key === key)?.subject ?? {}, i18n.language) || key;
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('sequence.window', {
          from: window.from,
          to: window.to,
          days: window.weekdays.map((day) => t(`sequence.day.${day}`)).join(', '),
        })}
      </Text>
      {sequence.holdOutPercent > 0 && (
        <Text size="sm">{t('experiments.holdOutOf', { percent: sequence.holdOutPercent })}</Text>
      )}
      {isWritten(sequence) && (
        <Stack gap={4} component="ul" m={0} pl="lg" aria-label={t('sequence.entries')}>
          {sequence.entries.map(({ key, when, start }) => (
            <Text key={key} component="li" size="sm">
              {t('sequence.enters', {
                who: entryText(when),
                step: stepTitle(start),
              })}
            </Text>
          ))}
        </Stack>
      )}
      <Timeline active={steps.length} bulletSize={28} lineWidth={2}>
        {steps.map((step, at) => (
          <Timeline.Item
            key={step.key}
            bullet={ICONS[step.kind]}
            title={stepTitle(step.key)}
            {...(step.key === asked ? { ref: place, tabIndex: -1, 'aria-current': 'step', styles: MARKED } : {})}
          >
            {step.kind === 'email' && (
              <Text size="sm" c="dimmed">
                {t('sequence.earliest', { day: Math.floor(step.earliestHour / 24) + 1 })}
              </Text>
            )}
            {step.test.length > 0 && (
              <Text size="sm" c="dimmed">
                {t('experiments.testedAgainst', {
                  count: step.test.length,
                  subjects: step.test.map(subjectOf).join(' · '),
                })}
              </Text>
            )}
            <TestTimes times={step.testTimes} />
            {conditionText(step.onlyIf) !== null && (
              <Text size="sm" c="dimmed">
                {conditionText(step.onlyIf)}
              </Text>
            )}
            {step.transitions.map(({ when, to }, way) => (
              <Text key={way} size="sm" c="dimmed">
                {t('sequence.way', { when: t(`sequence.when.${when.on}`), step: stepTitle(to) })}
              </Text>
            ))}
            {step.next !== (steps[at + 1]?.key ?? 'end') && (
              <Text size="sm" c="dimmed">
                {t('sequence.onward', { step: stepTitle(step.next) })}
              </Text>
            )}
            <CommentCount version={version} stepKey={step.key} />
          </Timeline.Item>
        ))}
      </Timeline>
    </Stack>
  );
}

/** Without entries in the file, the list enters at the first step: that needs no words. */
const isWritten = ({ entries, steps }: CampaignVersionDetail['sequence']): boolean =>
  entries.length !== 1 || entries[0]?.when.on !== 'launch' || entries[0].start !== steps[0]?.key;

/** Number of open comments on a step, as a link to them. */
function CommentCount({ version, stepKey }: SequenceViewProps & { readonly stepKey: string }) {
  const { t } = useTranslation();
  const count = openComments(version).filter(({ about }) => about?.kind === 'step' && about.key === stepKey).length;
  if (count === 0 || !isEditable(version)) return null;
  return (
    <Anchor component={Link} to="?tab=comments" size="sm">
      {t('comments.open', { count })}
    </Anchor>
  );
}

/** Highlights the step that the address names. */
const MARKED = {
  itemBody: {
    background: 'var(--mantine-primary-color-light)',
    borderRadius: 'var(--mantine-radius-md)',
    boxShadow: '0 0 0 8px var(--mantine-primary-color-light)',
  },
};

const ICONS: Readonly<Record<SequenceStepView['kind'], ReactNode>> = {
  email: <IconMail size={15} aria-hidden />,
  post: <IconShare size={15} aria-hidden />,
  notify: <IconSpeakerphone size={15} aria-hidden />,
  createLead: <IconFlag size={15} aria-hidden />,
  webhook: <IconWebhook size={15} aria-hidden />,
  wait: <IconClock size={15} aria-hidden />,
  until: <IconHourglass size={15} aria-hidden />,
  branch: <IconArrowsSplit size={15} aria-hidden />,
};
