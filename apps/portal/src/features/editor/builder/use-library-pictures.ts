import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CropShares, ListedAsset } from '#contracts';
import { getBlob } from '../../../shared/api';
import { fetchAsset, fetchPictureOrigin, placePicture, uploadAsset } from '../../../shared/library/requests';
import { queryKeys } from '../../../shared/query-keys';
import { fetchDraftFiles } from '../../../shared/requests';

/** A picture of the library, and the cut of it that a campaign shows. */
export interface PictureInCampaign {
  readonly asset: ListedAsset;
  readonly crop: CropShares | null;
}

/** What the builder does with pictures of the library. */
export interface LibraryPictures {
  /** Puts a cut into the draft. @returns its path. */
  readonly place: (picture: PictureInCampaign) => Promise<string>;
  /** The origin of a picture of the campaign; one that is not of the library is added to it. */
  readonly originOf: (path: string) => Promise<PictureInCampaign>;
  /** Adds a file of the author's computer to the library. */
  readonly add: (file: File) => Promise<PictureInCampaign>;
}

/**
 * @param urlOf address of the bytes of a picture of the campaign.
 * @param folder of the library for pictures of campaigns.
 */
export function useLibraryPictures(
  campaignId: string,
  urlOf: (path: string) => string | null,
  folder: string,
): LibraryPictures {
  const client = useQueryClient();
  return useMemo(() => {
    const add = async (file: File): Promise<PictureInCampaign> => {
      const asset = await uploadAsset(file, folder);
      await client.invalidateQueries({ queryKey: queryKeys.library });
      return { asset, crop: null };
    };
    return {
      add,
      place: async ({ asset, crop }) => {
        const choice = { assetId: asset.id, fileNumber: asset.file?.number ?? 0, crop };
        const { path } = await placePicture(campaignId, choice);
        const key = queryKeys.draftFiles(campaignId);
        await client.cancelQueries({ queryKey: key });
        await client.query({ queryKey: key, queryFn: fetchDraftFiles(campaignId), staleTime: 0 });
        return path;
      },
      originOf: async (path) => {
        const { origin } = await fetchPictureOrigin(campaignId, path);
        if (origin !== null) return { asset: await fetchAsset(origin.assetId), crop: origin.crop };
        const url = urlOf(path);
        if (url === null) throw new Error(`${path} is not among the files of the campaign.`);
        const bytes = await getBlob(url.replace('/api/v1', ''), new AbortController().signal);
        return add(new File([bytes], path.replace(/^.*\//, '')));
      },
    };
  }, [campaignId, client, folder, urlOf]);
}
