import { Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { Preview } from '../../shared/Preview';
import { ProblemNote } from '../../shared/ProblemNote';
import { useMailPreview } from './api';

/** Debounce of the preview. */
const PAUSE_MS = 400;
const HEIGHT = 640;

interface MailPreviewProps {
  /** Of the saved brand. */
  readonly version: number;
  readonly trial: string | null;
}

/** An e-mail in the vendor's name, with a colour that may not be saved yet. */
export function MailPreview({ version, trial }: MailPreviewProps) {
  const { t } = useTranslation();
  const [settled] = useDebouncedValue(trial, PAUSE_MS);
  const mail = useMailPreview(version, settled);
  return (
    <Stack gap="sm">
      <Title order={2}>{t('brand.preview')}</Title>
      <Text size="sm" c="dimmed">
        {mail.data === undefined
          ? t('brandKit.previewText')
          : t('brandKit.previewFrom', { from: mail.data.senderName })}
      </Text>
      <ProblemNote error={mail.error} />
      <Paper withBorder style={{ overflow: 'hidden' }}>
        {mail.data === undefined ? (
          mail.error === null && <Skeleton height={HEIGHT} radius={0} />
        ) : (
          <Preview title={t('review.emailFrame')} html={mail.data.html} layoutWidth={600} height={HEIGHT} />
        )}
      </Paper>
    </Stack>
  );
}
