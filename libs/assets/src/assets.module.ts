import { Module } from '@nestjs/common';
import { BrandModule } from '#brand';
import { ContentModule } from '#content';
import { OrganisationsModule } from '#organisations';
import { AssetFiles } from './asset-files.service.js';
import { AssetSharing } from './asset-sharing.service.js';
import { Assets } from './assets.service.js';
import { AssetsRepository } from './assets.repository.js';
import { BrandedFiles } from './branded-files.service.js';
import { LibraryCopies } from './library-copies.service.js';
import { PartnerLibrary } from './partner-library.service.js';
import { PartnerPictures } from './partner-pictures.service.js';
import { SharedCopies } from './shared-copies.service.js';
import { SharedFiles } from './shared-files.service.js';

@Module({
  imports: [BrandModule, ContentModule, OrganisationsModule],
  providers: [
    AssetFiles,
    AssetSharing,
    Assets,
    AssetsRepository,
    BrandedFiles,
    LibraryCopies,
    PartnerLibrary,
    PartnerPictures,
    SharedCopies,
    SharedFiles,
  ],
  exports: [AssetSharing, Assets, BrandedFiles, LibraryCopies, PartnerLibrary, PartnerPictures, SharedCopies],
})
export class AssetsModule {}
