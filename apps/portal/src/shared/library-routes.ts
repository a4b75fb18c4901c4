import type {
  AssetDownloads,
  AssetUses,
  LibraryAsset,
  LibraryAssets,
  PartnerAssets,
  PartnerPicture,
  PartnerPictures,
  PictureCut,
  PictureOrigin,
  PlacedPicture,
  RecalledAsset,
  ReplacedAssets,
  Signature,
} from '#contracts';

/** Response types of the routes of the library, see `Routes`. */
export interface LibraryRoutes {
  'GET /assets': LibraryAssets;
  'GET /assets/:assetId': LibraryAsset;
  'POST /assets': LibraryAsset;
  'POST /assets/uploads': LibraryAsset;
  'PUT /assets/:assetId': LibraryAsset;
  'PUT /assets/:assetId/file': LibraryAsset;
  'DELETE /assets/:assetId': undefined;
  'PUT /assets/:assetId/share': LibraryAsset;
  'POST /assets/:assetId/withdrawal': LibraryAsset;
  'POST /assets/:assetId/recall': RecalledAsset;
  'GET /assets/:assetId/uses': AssetUses;
  'GET /assets/:assetId/downloads': AssetDownloads;
  'POST /assets/:assetId/replacements': ReplacedAssets;
  'POST /campaigns/:campaignId/draft-files/library-pictures': PlacedPicture;
  'GET /campaigns/:campaignId/draft-files/picture-origin': PictureOrigin;
  'GET /pictures': PartnerPictures;
  'POST /pictures': PartnerPicture;
  'POST /pictures/:pictureId/cuts': PictureCut;
  'DELETE /pictures/:pictureId': undefined;
  'GET /library': PartnerAssets;
  'GET /library/:assetId/signature': Signature;
}
