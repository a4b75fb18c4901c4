import { useMutation, useQueryClient } from '@tanstack/react-query';
import { queryKeys } from '../../shared/query-keys';
import { uploadDraftFile } from './api';

/** Uploads a file into the draft. */
export function useUpload(campaignId: string) {
  const client = useQueryClient();
  const key = queryKeys.draftFiles(campaignId);
  return useMutation({
    mutationFn: ({ path, file }: { readonly path: string; readonly file: File }) =>
      uploadDraftFile(campaignId, path, file),
    onSuccess: async (files) => {
      await client.cancelQueries({ queryKey: key });
      client.setQueryData(key, files);
    },
  });
}
