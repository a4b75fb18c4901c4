import { Box, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail, TemplateSection } from '#contracts';
import { Preview } from '../../shared/Preview';
import { LAYOUT_WIDTHS, type PreviewSettings } from '../../shared/PreviewSettings';
import type { Recipient } from '../../shared/RecipientChoice';
import { ProblemNote } from '../../shared/ProblemNote';
import { useCampaignPreview } from './campaign';

interface TemplatePreviewProps {
  readonly version: CampaignVersionDetail;
  readonly kind: TemplateSection;
  readonly templateKey: string;
  readonly locale: string;
  readonly partnerId: string;
  readonly recipient: Recipient;
  readonly look: PreviewSettings;
}

/**
 * An e-mail with subject and preheader, or a landing page, as a recipient sees
 * it.
 */
export function TemplatePreview(props: TemplatePreviewProps) {
  const { version, kind, templateKey, locale, partnerId, recipient, look } = props;
  const { t } = useTranslation();
  const preview = useCampaignPreview({
    id: version.campaignId,
    number: version.number,
    kind,
    templateKey,
    choice: {
      locale,
      ...(partnerId === '' ? {} : { partnerId }),
      ...recipient,
      ...(look.parts ? { parts: 'true' } : {}),
    },
  });
  return (
    <>
      <ProblemNote error={preview.error} />
      <Paper withBorder style={{ overflow: 'hidden' }}>
        <Head kind={kind} preview={preview.data} />
        <Box bg="#f1f3f5">
          <Preview
            title={t(kind === 'emails' ? 'review.emailFrame' : 'review.pageFrame')}
            html={preview.data?.html ?? ''}
            layoutWidth={LAYOUT_WIDTHS[kind][look.screen]}
            dark={look.screen === 'dark'}
            height={720}
          />
        </Box>
      </Paper>
    </>
  );
}

interface HeadProps extends Pick<TemplatePreviewProps, 'kind'> {
  /** Undefined while loading. */
  readonly preview: ReturnType<typeof useCampaignPreview>['data'];
}

/** Subject and preheader of an e-mail, or title of a page. */
function Head({ kind, preview }: HeadProps) {
  const { t } = useTranslation();
  return (
    <Stack px="md" py="sm" gap={2}>
      <Text size="sm">
        <Text span c="dimmed">
          {t(kind === 'emails' ? 'review.subject' : 'version.pageTitle')}
        </Text>{' '}
        <Text span fw={600}>
          {preview?.subject ?? '…'}
        </Text>
      </Text>
      {kind === 'emails' && (
        <Text size="sm">
          <Text span c="dimmed">
            {t('version.preheader')}
          </Text>{' '}
          {preview?.preheader ?? '…'}
        </Text>
      )}
    </Stack>
  );
}
