import { Group, Loader, Paper, Stack } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  DEFAULT_SETTINGS,
  LAYOUT_WIDTHS,
  type PreviewSettings,
  PreviewSettingsControl,
  PartsLegend,
} from '../../shared/PreviewSettings';
import { ProblemNote } from '../../shared/ProblemNote';
import type { EditableOffer } from './slot-texts';
import { textsForTactic } from './slots';
import { WritablePreview } from './WritablePreview';
import { previewPage } from './api';

/**
 * Shows a partner every landing page as a visitor sees it, for the selected
 * screen size.
 */
export function PagePreviews(props: EditableOffer) {
  const [look, setLook] = useState(DEFAULT_SETTINGS);
  return (
    <Stack gap="sm">
      <Group justify="flex-end">
        <PreviewSettingsControl look={look} onLook={setLook} />
      </Group>
      {look.parts && <PartsLegend />}
      {props.offer.pages.map(({ key }) => (
        <PagePreview key={key} {...props} pageKey={key} look={look} />
      ))}
    </Stack>
  );
}

interface PagePreviewProps extends EditableOffer {
  readonly pageKey: string;
  readonly look: PreviewSettings;
}

function PagePreview({ offer, locale, words, own, pageKey, look }: PagePreviewProps) {
  const { t } = useTranslation();
  const body = {
    locale,
    slots: textsForTactic(`pages.${pageKey}`, offer.slots, words),
    parts: look.parts,
    places: true,
  };
  const preview = useQuery({
    queryKey: ['page-preview', offer.versionId, pageKey, body],
    queryFn: ({ signal }) => previewPage(offer.versionId, pageKey, { body, signal }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <ProblemNote error={preview.error} again={{ ask: () => preview.refetch(), isAsking: preview.isFetching }} />
      <Paper withBorder pos="relative" style={{ overflow: 'hidden' }} aria-busy={preview.isFetching}>
        {preview.isFetching && <Loader size="xs" pos="absolute" top={8} right={8} aria-hidden />}
        <WritablePreview
          words={own}
          title={t('review.pageFrame')}
          html={preview.data?.html ?? ''}
          layoutWidth={LAYOUT_WIDTHS.pages[look.screen]}
          dark={look.screen === 'dark'}
          height={700}
        />
      </Paper>
    </>
  );
}
