import { Box, Loader, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { postForBlob } from './api';
import { drawPage, type PdfSource, readPdf, geometryOf } from './pdf-pages';
import type { PageGeometry } from './page-geometry';
import { ProblemNote } from './ProblemNote';

/** Twice the displayed width, for high-density screens. */
const PIXELS = 1400;

interface PdfPagesProps {
  readonly src: string;
  /** Request body of a rendered document; undefined for a stored one. */
  readonly made?: { readonly of: unknown } | undefined;
  /** Content above a page. */
  readonly over?: (geometry: PageGeometry) => ReactNode;
}

/**
 * Pages of a PDF as pictures, because phones have no built-in viewer.
 * The old pages stay while new ones are rendered.
 */
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
      {pages.data.map(({ picture, geometry }) => (
        <Box key={geometry.page} pos="relative" bd="1px solid var(--mantine-color-default-border)">
          <img
            src={picture}
            alt={t('review.pdfPage', { number: geometry.page })}
            style={{ width: '100%', display: 'block' }}
          />
          {over?.(geometry)}
        </Box>
      ))}
    </Stack>
  );
}

const pictures = (source: PdfSource): Promise<{ picture: string; geometry: PageGeometry }[]> =>
  readPdf(source, async (page) => ({
    picture: (await drawPage(page, PIXELS)).toDataURL('image/jpeg', 0.9),
    geometry: geometryOf(page),
  }));
