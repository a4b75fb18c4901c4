import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { CampaignVersionDetail, EditCheck } from '#contracts';
import type { CheckState } from './checks/fix-turn';
import type { EditSession } from './edit-session';
import type { PreviewChoice } from './TemplatePreview';
import { checkCampaignVersionFile } from './api';

/** Debounce of the check. */
const PAUSE_MS = 500;
/** A check of most files is quicker; what is said for a moment only disturbs. */
const SLOW_MS = 800;

/**
 * Result of the compiler for the files, after a pause in typing. `state`: until
 * then it is the one of earlier texts. `isSlow`: it has been so for a while.
 */
export function useValidation(
  { campaignId, number }: CampaignVersionDetail,
  { changes, uploads }: Pick<EditSession, 'changes' | 'uploads'>,
  show: PreviewChoice & { readonly parts: boolean },
) {
  // The object is new with each render.
  const asText = JSON.stringify(changes);
  const [settledText] = useDebouncedValue(asText, PAUSE_MS);
  const settled = useMemo(() => JSON.parse(settledText) as EditSession['changes'], [settledText]);
  // The server adds the uploaded files.
  const uploaded = uploads.map(({ path, hash }) => `${path} ${hash ?? ''}`);
  const check = useQuery({
    queryKey: ['edit-check', campaignId, number, settled, uploaded, show],
    queryFn: ({ signal }) => checkCampaignVersionFile(campaignId, number, { body: { changes: settled, show }, signal }),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  const isOld = asText !== settledText || check.isPlaceholderData || check.isPending;
  const state: CheckState = isOld ? 'old' : check.isError ? 'failed' : 'current';
  const [wasOld] = useDebouncedValue(isOld, SLOW_MS);
  return { check, state, isSlow: isOld && wasOld };
}

/**
 * The last successful preview, so that it stays visible during an incomplete
 * edit.
 */
export function useLastValid(preview: EditCheck['preview'] | undefined): EditCheck['preview'] {
  const [last, setLast] = useState<EditCheck['preview']>(null);
  if (preview !== null && preview !== undefined && preview !== last) setLast(preview);
  return last;
}
