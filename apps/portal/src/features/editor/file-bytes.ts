import { useQuery } from '@tanstack/react-query';
import type { CampaignVersionDetail, PackageFiles } from '#contracts';
import { getBlob } from '../../shared/api';
import { dataUrl } from '../../shared/data-url';
import type { EditSession } from './edit-session';

/** Where the bytes of a file are, and their hash. */
export interface FileSource {
  readonly url: string;
  readonly hash: string;
  readonly bytes: number;
}

/** The uploaded file of a path, else that of the package; null: there is none. */
export function sourceOf(
  { campaignId, number }: Pick<CampaignVersionDetail, 'campaignId' | 'number'>,
  { files }: Pick<PackageFiles, 'files'>,
  { uploads }: Pick<EditSession, 'uploads'>,
  path: string,
): FileSource | null {
  const query = new URLSearchParams({ path }).toString();
  const uploaded = uploads.find((file) => file.path === path);
  if (uploaded !== undefined)
    return {
      url: `/api/v1/campaigns/${campaignId}/draft-files/bytes?${query}`,
      hash: uploaded.hash ?? '',
      bytes: uploaded.bytes,
    };
  const file = files.find((one) => one.path === path);
  if (file === undefined) return null;
  const url = `/api/v1/campaigns/${campaignId}/versions/${number}/files/bytes?${query}`;
  return { url, hash: file.hash, bytes: file.bytes };
}

const PICTURES: readonly (readonly [ending: RegExp, type: string])[] = [
  [/\.png$/i, 'image/png'],
  [/\.jpe?g$/i, 'image/jpeg'],
  [/\.webp$/i, 'image/webp'],
  [/\.svg$/i, 'image/svg+xml'],
];

/** The media type of a picture by its name; null for other files. */
export const pictureType = (path: string): string | null => PICTURES.find(([ending]) => ending.test(path))?.[1] ?? null;

/**
 * A picture as a data URL. The API serves files as downloads, without their
 * type.
 */
export function usePicture(path: string, source: FileSource | null) {
  const type = pictureType(path);
  return useQuery({
    queryKey: ['package-picture', path, source?.hash],
    queryFn: async ({ signal }) => {
      const bytes = await getBlob((source?.url ?? '').replace('/api/v1', ''), signal);
      return dataUrl(new Blob([bytes], { type: type ?? '' }));
    },
    enabled: source !== null && type !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
