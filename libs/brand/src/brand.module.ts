import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OrganisationsModule } from '#organisations';
import { BrandProfileSchema } from './brand-profile.schema.js';
import { BrandProfiles } from './brand-profiles.service.js';
import { SendingIdentities } from './sending-identities.service.js';

@Module({
  imports: [OrganisationsModule, TypeOrmModule.forFeature([BrandProfileSchema])],
  providers: [BrandProfiles, SendingIdentities],
  exports: [BrandProfiles, SendingIdentities],
})
export class BrandModule {}
