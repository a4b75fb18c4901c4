import { Module } from '@nestjs/common';
import { BrandModule } from '#brand';
import { IdentityModule } from '#identity';
import { OrganisationsModule } from '#organisations';
import { FirstRuns } from './first-runs.service.js';
import { SetUpChecklists } from './set-up-checklists.service.js';
import { VendorFounding } from './vendor-founding.service.js';

@Module({
  imports: [BrandModule, IdentityModule, OrganisationsModule],
  providers: [FirstRuns, SetUpChecklists, VendorFounding],
  exports: [FirstRuns, SetUpChecklists, VendorFounding],
})
export class FoundingModule {}
