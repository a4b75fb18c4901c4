import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getDocument, GlobalWorkerOptions } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from './ProblemNote';

GlobalWorkerOptions.workerSrc = workerUrl;
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

async function pictures(src: string): Promise<string[]> {
  // The portal's policy lets no font in but its own, so glyphs are drawn.
  const loading = getDocument({ url: src, disableFontFace: true, useWasm: false });
  try {
    const pdf = await loading.promise;
    const found: string[] = [];
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number);
      const { width } = page.getViewport({ scale: 1 });
      const viewport = page.getViewport({ scale: PIXELS / width });
      const canvas = document.createElement('canvas');
      canvas.width = viewport.width;
      canvas.height = viewport.height;
      await page.render({ canvas, viewport }).promise;
      found.push(canvas.toDataURL('image/jpeg', 0.9));
    }
    return found;
  } finally {
    await loading.destroy();
  }
}
