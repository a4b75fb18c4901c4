export { AssetsModule } from './assets.module.js';
export { Assets } from './assets.service.js';
export { MAX_ASSET_BYTES } from './asset-files.service.js';
export { AssetSharing } from './asset-sharing.service.js';
export { LibraryCopies, type CopyOrigin, type PictureChoice } from './library-copies.service.js';
export { PartnerLibrary, type SharedAsset } from './partner-library.service.js';
export {
  type PartnerPicture,
  type PartnerPictureId,
  PartnerPictures,
  type PictureCut,
} from './partner-pictures.service.js';
export { SharedCopies } from './shared-copies.service.js';
export { BrandedFiles } from './branded-files.service.js';
export { COBRAND_LIBRARY_FILE } from './assets.jobs.js';
export { shownPoster } from './poster.js';
export { type Asset, type AssetId, dayOf, isBrandable, obstacleOf, stateOf } from './asset.js';
