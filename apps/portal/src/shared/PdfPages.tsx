import { Box, Loader, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { postForBlob } from './api';
import { drawPage, type PdfSource, readPdf, sheetOf } from './pdf-pages';
import type { PageGeometry } from './page-geometry';
import { ProblemNote } from './ProblemNote';

/** Twice the width it is shown at, for sharp screens. */
const PIXELS = 1400;

interface PdfPagesProps {
  readonly src: string;
  /** What it is made of: asked for with this body. Left out: the document lies there. */
  readonly made?: { readonly of: unknown } | undefined;
  /** What stands over a page. */
  readonly over?: (sheet: PageGeometry) => ReactNode;
}

/** A document's pages as pictures: a phone has no viewer of its own. While it is made anew the pages of before stay. */
export default function PdfPages({ src, made, over }: PdfPagesProps) {
  const { t } = useTranslation();
  const pages = useQuery({
    queryKey: ['pdf', src, made?.of],
    queryFn: async ({ signal }) =>
      pictures(
        made === undefined
          ? { url: src }
          : { bytes: await (await postForBlob(src.replace('/api/v1', ''), made.of, signal)).arrayBuffer() },
      ),
    placeholderData: (before, query) => (query?.queryKey[1] === src ? before : undefined),
    staleTime: 60_000,
  });
  if (pages.error !== null) return <ProblemNote error={pages.error} />;
  if (pages.data === undefined) return <Skeleton height={620} />;
  return (
    <Stack pos="relative" aria-busy={pages.isPlaceholderData}>
      {pages.isPlaceholderData && <Loader size="xs" pos="absolute" top={8} right={8} aria-hidden />}
      {pages.data.map(({ picture, sheet }) => (
        <Box key={sheet.page} pos="relative" bd="1px solid var(--mantine-color-default-border)">
          <img
            src={picture}
            alt={t('review.pdfPage', { number: sheet.page })}
            style={{ width: '100%', display: 'block' }}
          />
          {over?.(sheet)}
        </Box>
      ))}
    </Stack>
  );
}

const pictures = (source: PdfSource): Promise<{ picture: string; sheet: PageGeometry }[]> =>
  readPdf(source, async (page) => ({
    picture: (await drawPage(page, PIXELS)).toDataURL('image/jpeg', 0.9),
    sheet: sheetOf(page),
  }));
