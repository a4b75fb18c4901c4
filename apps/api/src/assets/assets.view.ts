import {
  type Asset,
  dayOf,
  isBrandable,
  obstacleOf,
  type PartnerPicture,
  type SharedAsset,
  shownPoster,
  stateOf,
} from '#assets';
import type { Replacement } from '#campaigns';
import type * as contracts from '#contracts';

const previewOf = (path: string, { id, file }: Asset): string | null =>
  file?.previewHash == null ? null : `/api/v1/${path}/${id}/preview?of=${file.number}`;

/** An asset as its vendor sees it. */
export const libraryAssetView = (asset: Asset, now: Date): contracts.LibraryAsset => ({
  ...listedAssetView(asset, now),
  content: asset.content,
});

/** An asset in a list of its vendor. */
export function listedAssetView(asset: Asset, now: Date): contracts.ListedAsset {
  const { id, kind, title, folder, tags, alt, focal, crop, branding, file, version, share } = asset;
  const poster = shownPoster(asset, dayOf(now));
  return {
    id,
    kind,
    title,
    folder,
    tags: [...tags],
    alt: { ...alt },
    focal,
    crop,
    branding,
    file:
      file === null
        ? null
        : {
            number: file.number,
            name: file.name,
            mediaType: file.mediaType,
            bytes: file.bytes,
            width: file.width,
            height: file.height,
            pages: file.pages,
            preview: previewOf('assets', asset),
            slots: [...(file.facts.slots ?? [])],
            obstacle: obstacleOf(file),
            addedAt: file.addedAt.toISOString(),
            addedBy: file.addedBy,
          },
    poster: poster === null ? null : `/api/v1/assets/${poster.id}/preview?of=${poster.fileNumber}`,
    version,
    reviewOn: asset.reviewOn,
    expiresOn: asset.expiresOn,
    state: stateOf(asset, dayOf(now)),
    share:
      share === null
        ? null
        : {
            as: share.as,
            partnerGroupIds: share.forEveryone ? [] : [...share.partnerGroupIds],
            opensOn: share.opensOn,
            closesOn: share.closesOn,
          },
    withdrawn: withdrawnView(asset),
    downloads: asset.downloads,
    updatedAt: asset.updatedAt.toISOString(),
    updatedBy: asset.updatedBy,
  };
}

/** An asset as partners see it: nothing of the vendor's own notes. */
export function partnerAssetView({ asset, vendorName }: SharedAsset): contracts.PartnerAsset {
  const { id, vendorId, kind, title, tags, alt, content, file, poster, share } = asset;
  if (share === null) throw new Error(`The asset ${id} is not shared, so no partner sees it.`);
  return {
    id,
    vendorId,
    vendorName,
    as: share.as,
    kind,
    title,
    tags: [...tags],
    alt: { ...alt },
    texts: { ...content.texts },
    address: content.address ?? null,
    captions: Object.keys(content.captions ?? {}).sort(),
    file:
      file === null
        ? null
        : {
            name: file.name,
            mediaType: file.mediaType,
            bytes: file.bytes,
            pages: file.pages,
            preview: previewOf('library', asset),
          },
    // Another picture, and another file of it, have another address, because browsers keep them.
    poster: poster === null ? null : `/api/v1/library/${id}/preview?of=${poster.id}.${poster.fileNumber}`,
    isBrandable: isBrandable(asset),
    closesOn: share.closesOn,
    withdrawn: withdrawnView(asset),
  };
}

const withdrawnView = ({ withdrawn }: Asset) =>
  withdrawn === null ? null : { at: withdrawn.at.toISOString(), reason: withdrawn.reason };

export const replacementView = ({ campaignId, title, outcome, number, refusal }: Replacement) => ({
  campaignId,
  title: { ...title },
  outcome,
  number,
  reason: refusal?.message ?? null,
  code: refusal?.code ?? null,
});

/** A picture as its partner sees it. */
export const partnerPictureView = ({
  id,
  name,
  mediaType,
  bytes,
  width,
  height,
  addedAt,
  addedBy,
}: PartnerPicture): contracts.PartnerPicture => ({
  id,
  name,
  mediaType,
  bytes,
  width,
  height,
  preview: `/api/v1/pictures/${id}/preview`,
  addedAt: addedAt.toISOString(),
  addedBy,
});
