import { Module } from '@nestjs/common';
import { ActivationsModule } from '#activations';
import { BrandModule } from '#brand';
import { CampaignsModule } from '#campaigns';
import { ContactsModule } from '#contacts';
import { IdentityModule } from '#identity';
import { OrganisationsModule } from '#organisations';
import { Starter } from './starter.service.js';

@Module({
  imports: [ActivationsModule, BrandModule, CampaignsModule, ContactsModule, IdentityModule, OrganisationsModule],
  providers: [Starter],
  exports: [Starter],
})
export class StarterModule {}
