import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OrganisationsModule } from '#organisations';
import { BrandProfileSchema } from './brand-profile.schema.js';
import { BrandProfiles } from './brand-profiles.service.js';
import { DkimKeys } from './dkim-keys.service.js';
import { DnsLookup } from './dns-lookup.adapter.js';
import { LogoImages } from './logo-images.service.js';
import { LogoQuota } from './logo-quota.service.js';
import { LogoReader } from './logo-reader.service.js';
import { LogoSchema } from './logo.schema.js';
import { Logos } from './logos.service.js';
import { PageBrands } from './page-brands.service.js';
import { SendingDomainChecks } from './sending-domain-checks.service.js';
import { SendingDomainStore } from './sending-domain-store.service.js';
import { SendingDomains } from './sending-domains.service.js';
import { SendingIdentities } from './sending-identities.service.js';
import { SendingPreferences } from './sending-preferences.service.js';
import { VerifiedHosts } from './verified-hosts.service.js';

@Module({
  imports: [OrganisationsModule, TypeOrmModule.forFeature([BrandProfileSchema, LogoSchema])],
  providers: [
    BrandProfiles,
    DkimKeys,
    DnsLookup,
    LogoImages,
    LogoQuota,
    LogoReader,
    Logos,
    PageBrands,
    SendingDomainChecks,
    SendingDomainStore,
    SendingDomains,
    SendingIdentities,
    SendingPreferences,
    VerifiedHosts,
  ],
  exports: [
    BrandProfiles,
    LogoReader,
    Logos,
    PageBrands,
    SendingDomains,
    SendingIdentities,
    SendingPreferences,
    VerifiedHosts,
  ],
})
export class BrandModule {}
