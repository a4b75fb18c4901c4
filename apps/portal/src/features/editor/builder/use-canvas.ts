import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { CampaignVersionDetail } from '#contracts';
import { showCanvas } from '../api';
import type { EditSession } from '../edit-session';
import type { PreviewChoice } from '../TemplatePreview';
import type { Template } from './acts';
import type { ShownVariant } from './shown-variant';

/** A page, or what its reader sees after the form was sent. */
export type PageState = 'open' | 'sent';

/** A rendering, and the e-mail that it was made from. */
export interface CanvasRendering {
  readonly id: number;
  readonly html: string;
  readonly template: Template;
}

/** The e-mail or page as the server renders it, after each change. */
export function useCanvas(
  { campaignId, number }: Pick<CampaignVersionDetail, 'campaignId' | 'number'>,
  { changes, uploads }: Pick<EditSession, 'changes' | 'uploads'>,
  { kind, key, locale, recipient, partnerId }: PreviewChoice,
  template: Template,
  variant: ShownVariant,
  state: PageState,
) {
  const uploaded = uploads.map(({ path, hash }) => `${path} ${hash ?? ''}`);
  const show = {
    kind,
    key,
    locale,
    recipient: { ...recipient, ...variant.recipient },
    choices: { ...variant.choices },
    state,
    partnerId,
  };
  const running = useRef<Promise<unknown> | null>(null);
  const query = useQuery({
    queryKey: ['canvas', campaignId, number, changes, uploaded, show],
    queryFn: async ({ signal }): Promise<CanvasRendering | null> => {
      // The server renders one after the other, and an aborted request too. Of
      // acts in quick succession, only the last is worth a rendering.
      while (running.current !== null) await running.current;
      signal.throwIfAborted();
      const request = showCanvas(campaignId, number, { body: { changes, show } });
      const done = request.then(
        () => undefined,
        () => undefined,
      );
      running.current = done;
      try {
        const { preview } = await request;
        return preview === null ? null : { id: renderings++, html: preview.html, template };
      } finally {
        if (running.current === done) running.current = null;
      }
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
