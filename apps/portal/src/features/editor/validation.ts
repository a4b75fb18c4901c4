import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CampaignVersionDetail, EditCheck } from '#contracts';
import type { FileEdits } from './edit-session';
import type { PreviewChoice } from './TemplatePreview';
import { checkCampaignVersionFile } from './api';

/** A pause in typing after which what is written is checked. */
const PAUSE_MS = 500;

/** What the compiler says after a pause in typing, about what stands there now. */
export function useValidation(
  { campaignId, number }: CampaignVersionDetail,
  changes: FileEdits,
  show: PreviewChoice & { readonly parts: boolean },
) {
  const [settled] = useDebouncedValue(changes, PAUSE_MS);
  return useQuery({
    queryKey: ['edit-check', campaignId, number, settled, show],
    queryFn: ({ signal }) => checkCampaignVersionFile(campaignId, number, { body: { changes: settled, show }, signal }),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
}

/** The last preview that there was: while somebody is in the middle of a word, the mail need not vanish. */
export function useLastValid(preview: EditCheck['preview'] | undefined): EditCheck['preview'] {
  const [last, setLast] = useState<EditCheck['preview']>(null);
  if (preview !== null && preview !== undefined && preview !== last) setLast(preview);
  return last;
}
