import { Button, Group, NativeSelect, Paper, SegmentedControl, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconMailFast } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewsletterView } from '#contracts';
import { useFormat } from '../../shared/format';
import { Loaded } from '../../shared/Page';
import { Preview } from '../../shared/Preview';
import { useProblemNotice } from '../../shared/problem-notice';
import { useCan } from '../../shared/session';
import { testNewsletter, useNewsletterPreview } from './api';

const WIDTHS = { desktop: 640, phone: 375 } as const;
type Screen = keyof typeof WIDTHS;

/** The newsletter as a person of a partner gets it, and a test e-mail of it. */
export function NewsletterPreview({ newsletter: { id, locales } }: { readonly newsletter: NewsletterView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const canTest = useCan()('campaigns.edit');
  const [locale, setLocale] = useState(locales[0] ?? null);
  const [screen, setScreen] = useState<Screen>('desktop');
  const preview = useNewsletterPreview(id, locale);
  if (!canTest) return null;
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-end">
        <Group align="flex-end">
          <NativeSelect
            label={t('newsletters.language')}
            data={locales.map((value) => ({ value, label: format.language(value) }))}
            value={locale ?? ''}
            onChange={({ currentTarget: { value } }) => setLocale(value)}
          />
          <SegmentedControl
            aria-label={t('newsletters.screen')}
            value={screen}
            onChange={(value) => setScreen(value === 'phone' ? 'phone' : 'desktop')}
            data={(['desktop', 'phone'] as const).map((value) => ({
              value,
              label: t(`newsletters.screens.${value}`),
            }))}
          />
        </Group>
        <SendTest newsletterId={id} locale={locale} />
      </Group>
      <Loaded query={preview} height={640}>
        {({ subject, preheader, html }) => (
          <Stack gap="sm">
            <Text>
              <Text span fw={600}>
                {subject}
              </Text>{' '}
              <Text span c="dimmed">
                {preheader}
              </Text>
            </Text>
            <Paper withBorder>
              <Preview title={t('newsletters.preview')} html={html} layoutWidth={WIDTHS[screen]} height={640} />
            </Paper>
          </Stack>
        )}
      </Loaded>
    </Stack>
  );
}

interface SendTestProps {
  readonly newsletterId: string;
  readonly locale: string | null;
}

function SendTest({ newsletterId, locale }: SendTestProps) {
  const { t } = useTranslation();
  const showProblem = useProblemNotice();
  const test = useMutation({
    mutationFn: () => testNewsletter(newsletterId, locale),
    onSuccess: ({ to }) => notifications.show({ color: 'teal', message: t('newsletters.testSent', { to }) }),
    onError: showProblem,
  });
  return (
    <Button
      variant="default"
      leftSection={<IconMailFast size={16} aria-hidden />}
      loading={test.isPending}
      onClick={() => test.mutate()}
    >
      {t('newsletters.sendTest')}
    </Button>
  );
}
