import { Button, Group, Skeleton, Stack, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconDownload } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { postForBlob } from '../../shared/api';
import { localeOf, localised } from '../../shared/localised';
import { ProblemNote } from '../../shared/ProblemNote';
import { download } from '../../shared/download';
import type { EditableOffer } from './slot-texts';
import { useSlotBoxes } from './slot-boxes';
import { SlotOverlay } from './SlotOverlay';
import { type OfferWithTexts, textsForTactic } from './slots';

const PdfPages = lazy(() => import('../../shared/PdfPages'));

/** Shows a partner each document page by page, with the current slot texts. */
export function DocumentPreviews(props: EditableOffer) {
  return (
    <Stack>
      {props.offer.documents.map((document) => (
        <DocumentPreview key={document.key} {...props} document={document} />
      ))}
    </Stack>
  );
}

interface DocumentProps extends EditableOffer {
  readonly document: OfferWithTexts['offer']['documents'][number];
}

function DocumentPreview({ offer, locale, words, own, document: { key, titles } }: DocumentProps) {
  const places = useSlotBoxes(offer.versionId, locale);
  const slots = places.data?.documents.find((one) => one.key === key)?.slots ?? [];
  const path = `/offers/${offer.versionId}/preview/documents/${key}`;
  const body = { locale, slots: textsForTactic(`documents.${key}`, offer.slots, words) };
  const saveDocument = useSaveDocument(path, body, `${key}-${locale}.pdf`);
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={2} size="h3" lang={localeOf(titles, locale)}>
          {localised(titles, locale)}
        </Title>
        <SaveButton isPending={saveDocument.isPending} onSave={() => saveDocument.mutate()} />
      </Group>
      <ProblemNote error={saveDocument.error} />
      <ProblemNote error={places.error} again={{ ask: () => places.refetch(), isAsking: places.isFetching }} />
      <Suspense fallback={<Skeleton height={620} />}>
        <PdfPages
          src={`/api/v1${path}`}
          made={{ of: body }}
          over={(geometry) => (
            <SlotOverlay
              geometry={geometry}
              slots={slots
                .filter(({ page }) => page === geometry.page)
                .map(({ slot, ...box }) => ({ slot, ...geometry.toScreen(box) }))}
              words={own}
            />
          )}
        />
      </Suspense>
    </Stack>
  );
}

function useSaveDocument(path: string, body: unknown, fileName: string) {
  return useMutation({
    mutationFn: () => postForBlob(path, body, new AbortController().signal),
    onSuccess: (bytes) => download(bytes, fileName),
  });
}

function SaveButton({ isPending, onSave }: { readonly isPending: boolean; readonly onSave: () => void }) {
  const { t } = useTranslation();
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      leftSection={<IconDownload size={16} aria-hidden />}
      loading={isPending}
      onClick={onSave}
    >
      {t('review.download')}
    </Button>
  );
}
