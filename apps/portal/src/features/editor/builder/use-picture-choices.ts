import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail, PackageFiles } from '#contracts';
import type { EditSession } from '../edit-session';
import { sourceOf } from '../file-bytes';
import { picturesOf } from '../package-pictures';
import { useUpload } from '../use-upload';
import { type LibraryPictures, useLibraryPictures } from './use-library-pictures';
import { useLatest, useSame } from './use-latest';

/** Pictures that an author can show. */
export interface PictureChoices {
  /** Paths of the pictures of the package. */
  readonly pictures: readonly string[];
  /** Puts a file of the author's computer into the draft. @returns its path. */
  readonly upload: (file: File) => Promise<string>;
  readonly library: LibraryPictures;
  /** Address of the bytes of a picture of the package; null: there is none. */
  readonly urlOf: (path: string) => string | null;
}

/** @returns the same object until a picture comes or goes. */
export function usePictureChoices(
  version: CampaignVersionDetail,
  files: PackageFiles['files'],
  edits: EditSession,
): PictureChoices {
  const { t } = useTranslation();
  const pictures = useSame(picturesOf(files, edits));
  const upload = useUpload(version.campaignId);
  const latest = useLatest({ version, files, edits, send: upload.mutateAsync });
  const { urlOf, put } = useMemo(
    () => ({
      urlOf: (path: string) => {
        const { version: of, files: packaged, edits: session } = latest.current;
        return sourceOf(of, { files: packaged }, session, path)?.url ?? null;
      },
      put: async (file: File) => {
        const path = `images/${file.name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}`;
        await latest.current.send({ path, file });
        return path;
      },
    }),
    [latest],
  );
  const library = useLibraryPictures(version.campaignId, urlOf, t('library.inBuilder.folder'));
  return useMemo(() => ({ pictures, upload: put, library, urlOf }), [pictures, put, library, urlOf]);
}
