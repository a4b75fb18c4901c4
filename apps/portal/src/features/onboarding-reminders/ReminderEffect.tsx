import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OnboardingRemindersView, OnboardingStepEffect } from '#contracts';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { Section } from '../../shared/Section';

/** What partners did with reminders, and without them. */
export function ReminderEffect({ view: { measuredSince, effect } }: { readonly view: OnboardingRemindersView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns = useColumns();
  const counted = effect.filter(({ reminded, heldOut }) => reminded.partners + heldOut.partners > 0);
  return (
    <Section title={t('onboardingReminders.effect')} text={t('onboardingReminders.effectWhy')}>
      {measuredSince === null || counted.length === 0 ? (
        <Text size="sm">{t('onboardingReminders.noEffect')}</Text>
      ) : (
        <Stack>
          <DataTable
            label={t('onboardingReminders.effect')}
            items={counted}
            isWhole
            idOf={({ step }) => step}
            columns={columns}
            minWidth={700}
          />
          <Text size="xs" c="dimmed">
            {t('onboardingReminders.since', { at: format.moment(measuredSince) })}
          </Text>
        </Stack>
      )}
    </Section>
  );
}

function useColumns(): readonly Column<OnboardingStepEffect>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const group = ({ partners, done }: OnboardingStepEffect['reminded']): string =>
    partners === 0
      ? t('onboardingReminders.noPartners')
      : t('onboardingReminders.of', {
          done: format.number(done),
          partners: format.number(partners),
          share: format.share(done / partners),
        });
  return [
    {
      key: 'step',
      title: t('onboardingReminders.step'),
      isHeading: true,
      cell: ({ step }) => t(`onboardingReminders.steps.${step}`),
    },
    { key: 'reminded', title: t('onboardingReminders.reminded'), cell: ({ reminded }) => group(reminded) },
    { key: 'heldOut', title: t('onboardingReminders.heldOut'), cell: ({ heldOut }) => group(heldOut) },
    {
      key: 'difference',
      title: t('onboardingReminders.difference'),
      cell: ({ difference }) => (difference === null ? '–' : <Difference difference={difference} />),
    },
  ];
}

interface DifferenceProps {
  readonly difference: NonNullable<OnboardingStepEffect['difference']>;
}

/** In percentage points, with its interval and what it means. */
function Difference({ difference: { estimate, from, to } }: DifferenceProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const points = (share: number): string => format.signedNumber(Math.round(share * 100));
  const meaning = from > 0 ? 'more' : to < 0 ? 'fewer' : 'open';
  return (
    <>
      {t('onboardingReminders.points', { points: points(estimate), from: points(from), to: points(to) })}
      <Text size="xs" c="dimmed">
        {t(`onboardingReminders.meaning.${meaning}`)}
      </Text>
    </>
  );
}
