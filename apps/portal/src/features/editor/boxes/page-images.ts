import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CampaignVersionDetail } from '#contracts';
import { postForBlob } from '../../../shared/api';
import { dataUrl } from '../../../shared/data-url';
import { drawPage, readPdf, type PdfSource, geometryOf } from '../../../shared/pdf-pages';
import { rectFromCorners, type PageGeometry } from '../../../shared/page-geometry';
import type { EditSession } from '../edit-session';
import type { PdfMark } from './document-boxes';

export type Shown = { readonly locale: string; readonly partnerId: string | null } & (
  | { readonly kind: 'document'; readonly key: string }
  | { readonly kind: 'social'; readonly key: string; readonly format: 'landscape' | 'square' | 'story' }
);

const PIXELS = 1400;
/** Debounce of rendering while drawing. */
const PAUSE_MS = 500;
/** Pixel sizes of the formats, as in the compiler. */
const SIZES = { landscape: [1200, 627], square: [1080, 1080], story: [1080, 1920] } as const;
const MARK = /^https:\/\/slot\.invalid\/([a-z][a-z0-9-]*)\/?$/i;
const FIELD = /^tc\.([a-z][a-z0-9-]*)$/i;

/** The single page of a picture. */
export function pictureGeometry(format: keyof typeof SIZES): PageGeometry {
  const [width, height] = SIZES[format];
  return { page: 1, width, height, toScreen: (rect) => rect, toFile: (rect) => rect };
}

/** Pages of a document as uploaded, and the marks in it. */
export const useDocumentPages = (url: string | null, hash: string) =>
  useQuery({
    queryKey: ['document-pages', url, hash],
    queryFn: () => documentPages({ url: url ?? '' }),
    enabled: url !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });

async function documentPages(source: PdfSource): Promise<{ geometries: PageGeometry[]; marks: PdfMark[] }> {
  const pages = await readPdf(source, async (page) => {
    const geometry = geometryOf(page);
    const annotations = (await page.getAnnotations()) as {
      fieldName?: string;
      url?: string;
      unsafeUrl?: string;
      rect: number[];
    }[];
    const marks = annotations.flatMap(({ fieldName = '', url = '', unsafeUrl = '', rect }): PdfMark[] => {
      const name = (FIELD.exec(fieldName) ?? MARK.exec(url || unsafeUrl))?.[1]?.toLowerCase();
      return name === undefined ? [] : [{ name, page: page.pageNumber, rect: rectFromCorners(rect) }];
    });
    return { geometry, marks };
  });
  return { geometries: pages.map(({ geometry }) => geometry), marks: pages.flatMap(({ marks }) => marks) };
}

/**
 * Rendered pages or picture with unsaved changes.
 * @returns the last pictures while new ones are rendered or fail, and the
 *   error.
 */
export function usePictures(
  { campaignId, number }: CampaignVersionDetail,
  { changes, uploads }: Pick<EditSession, 'changes' | 'uploads'>,
  show: Shown,
) {
  // The object is new with each render.
  const asText = JSON.stringify(changes);
  const [settledText] = useDebouncedValue(asText, PAUSE_MS);
  const uploaded = uploads.map(({ path, hash }) => `${path} ${hash ?? ''}`);
  const path = `/campaigns/${campaignId}/versions/${number}/files/artwork`;
  const query = useQuery({
    queryKey: ['edited-artwork', path, settledText, uploaded, show],
    queryFn: async ({ signal }) => {
      const settled: unknown = JSON.parse(settledText);
      return picturesOf(show, await postForBlob(path, { changes: settled, show }, signal));
    },
    gcTime: 60_000,
    retry: false,
  });
  const about = JSON.stringify([show.kind, show.key, show.kind === 'social' ? show.format : '', show.locale]);
  const [last, setLast] = useState<{ about: string; pictures: readonly string[] } | null>(null);
  if (query.data !== undefined && query.data !== last?.pictures) setLast({ about, pictures: query.data });
  return {
    pictures: query.data ?? (last?.about === about ? last.pictures : []),
    isOld: query.data === undefined || settledText !== asText,
    error: query.error,
  };
}

async function picturesOf(show: Shown, bytes: Blob): Promise<readonly string[]> {
  if (show.kind === 'social') return [await dataUrl(bytes)];
  return readPdf({ bytes: await bytes.arrayBuffer() }, async (page) =>
    (await drawPage(page, PIXELS)).toDataURL('image/jpeg', 0.9),
  );
}
