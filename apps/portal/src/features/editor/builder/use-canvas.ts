import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CampaignVersionDetail } from '#contracts';
import { showCanvas } from '../api';
import type { EditSession } from '../edit-session';
import type { PreviewChoice } from '../TemplatePreview';

/** A rendering, and the source that it was made from. */
export interface CanvasRendering {
  readonly id: number;
  readonly html: string;
  readonly source: string;
}

/** The e-mail as the server renders it, after each change. */
export function useCanvas(
  { campaignId, number }: Pick<CampaignVersionDetail, 'campaignId' | 'number'>,
  { changes, uploads }: Pick<EditSession, 'changes' | 'uploads'>,
  { key, locale, recipient, partnerId }: PreviewChoice,
  source: string,
) {
  const uploaded = uploads.map(({ path, hash }) => `${path} ${hash ?? ''}`);
  const show = { key, locale, recipient, partnerId };
  const query = useQuery({
    queryKey: ['canvas', campaignId, number, changes, uploaded, show],
    queryFn: async ({ signal }): Promise<CanvasRendering | null> => {
      const { preview } = await showCanvas(campaignId, number, { body: { changes, show }, signal });
      return preview === null ? null : { id: renderings++, html: preview.html, source };
    },
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  const [last, setLast] = useState<CanvasRendering | null>(null);
  const { data } = query;
  if (data !== undefined && data !== null && data !== last) setLast(data);
  return { rendering: data ?? last, isUnreadable: data === null, error: query.error };
}

let renderings = 0;
