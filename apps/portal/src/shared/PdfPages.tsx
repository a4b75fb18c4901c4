import { Loader, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { askForBytes } from './api';
import { drawPage, type PdfSource, readPdf } from './pdf-pages';
import { ProblemNote } from './ProblemNote';

/** Twice the width it is shown at, for sharp screens. */
const PIXELS = 1400;

interface PdfPagesProps {
  readonly src: string;
  /** What it is made of: asked for with this body. Left out: the document lies there. */
  readonly made?: { readonly of: unknown } | undefined;
}

/** A document's pages as pictures: a phone has no viewer of its own. While it is made anew the pages of before stay. */
export default function PdfPages({ src, made }: PdfPagesProps) {
  const { t } = useTranslation();
  const pages = useQuery({
    queryKey: ['pdf', src, made?.of],
    queryFn: async ({ signal }) =>
      pictures(
        made === undefined
          ? { url: src }
          : { bytes: await (await askForBytes(src.replace('/api/v1', ''), made.of, signal)).arrayBuffer() },
      ),
    placeholderData: (before, query) => (query?.queryKey[1] === src ? before : undefined),
    staleTime: 60_000,
  });
  if (pages.error !== null) return <ProblemNote error={pages.error} />;
  if (pages.data === undefined) return <Skeleton height={620} />;
  return (
    <Stack pos="relative" aria-busy={pages.isPlaceholderData}>
      {pages.isPlaceholderData && <Loader size="xs" pos="absolute" top={8} right={8} aria-hidden />}
      {pages.data.map((picture, at) => (
        <img
          key={at}
          src={picture}
          alt={t('review.pdfPage', { number: at + 1 })}
          style={{ width: '100%', border: '1px solid var(--mantine-color-default-border)' }}
        />
      ))}
    </Stack>
  );
}

const pictures = (source: PdfSource): Promise<string[]> =>
  readPdf(source, async (page) => (await drawPage(page, PIXELS)).toDataURL('image/jpeg', 0.9));
