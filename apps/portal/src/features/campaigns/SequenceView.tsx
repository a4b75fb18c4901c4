import { Stack, Text, Timeline } from '@mantine/core';
import { IconClock, IconMail } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail } from '#contracts';

/** The steps in the order of time. */
export function SequenceView({ sequence }: { readonly sequence: CampaignVersionDetail['sequence'] }) {
  const { t } = useTranslation();
  const { window, steps } = sequence;
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('sequence.window', {
          from: window.from,
          to: window.to,
          days: window.weekdays.map((day) => t(`sequence.day.${day as 'mon'}`)).join(', '),
        })}
      </Text>
      <Timeline active={steps.length} bulletSize={28} lineWidth={2}>
        {steps.map(({ key, kind, email, waitHours, earliestHour }) => (
          <Timeline.Item
            key={key}
            bullet={kind === 'email' ? <IconMail size={15} aria-hidden /> : <IconClock size={15} aria-hidden />}
            title={kind === 'email' ? t('sequence.email', { email: email ?? key }) : waitLabel(t, waitHours ?? 0)}
          >
            {kind === 'email' && (
              <Text size="sm" c="dimmed">
                {t('sequence.earliest', { day: Math.floor(earliestHour / 24) + 1 })}
              </Text>
            )}
          </Timeline.Item>
        ))}
      </Timeline>
    </Stack>
  );
}

const waitLabel = (t: ReturnType<typeof useTranslation>['t'], hours: number): string =>
  hours % 24 === 0 ? t('sequence.waitDays', { count: hours / 24 }) : t('sequence.waitHours', { count: hours });
