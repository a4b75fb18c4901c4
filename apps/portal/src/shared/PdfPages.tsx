import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { drawPage, readPdf } from './pdf-pages';
import { ProblemNote } from './ProblemNote';

/** Twice the width it is shown at, for sharp screens. */
const PIXELS = 1400;

/** A document's pages as pictures: a phone has no viewer of its own. */
export default function PdfPages({ src }: { readonly src: string }) {
  const { t } = useTranslation();
  const pages = useQuery({ queryKey: ['pdf', src], queryFn: () => pictures(src), staleTime: 60_000 });
  if (pages.error !== null) return <ProblemNote error={pages.error} />;
  if (pages.data === undefined) return <Skeleton height={620} />;
  return (
    <Stack>
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

const pictures = (url: string): Promise<string[]> =>
  readPdf({ url }, async (page) => (await drawPage(page, PIXELS)).toDataURL('image/jpeg', 0.9));
