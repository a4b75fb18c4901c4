import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OrganisationsModule } from '#organisations';
import { BrandKits } from './brand-kits.service.js';
import { BrandProfileSchema } from './brand-profile.schema.js';
import { BrandProfiles } from './brand-profiles.service.js';
import { DkimKeys } from './dkim-keys.service.js';
import { DnsLookup } from './dns-lookup.adapter.js';
import { KitLogoSchema } from './kit-logo.schema.js';
import { LogoImages } from './logo-images.service.js';
import { LogoQuota } from './logo-quota.service.js';
import { LogoReader } from './logo-reader.service.js';
import { LogoSchema } from './logo.schema.js';
import { LogoUploads } from './logo-uploads.service.js';
import { Logos } from './logos.service.js';
import { MailBrandsModule } from './mail-brands.module.js';
import { PageBrands } from './page-brands.service.js';
import { SendingDomainChecks } from './sending-domain-checks.service.js';
import { SendingDomainStore } from './sending-domain-store.service.js';
import { SendingDomains } from './sending-domains.service.js';
import { SendingIdentities } from './sending-identities.service.js';
import { SendingPreferences } from './sending-preferences.service.js';
import { VerifiedHosts } from './verified-hosts.service.js';

@Module({
  imports: [
    OrganisationsModule,
    MailBrandsModule,
    TypeOrmModule.forFeature([BrandProfileSchema, KitLogoSchema, LogoSchema]),
  ],
  providers: [
    BrandKits,
    BrandProfiles,
    DkimKeys,
    DnsLookup,
    LogoImages,
    LogoQuota,
    LogoReader,
    LogoUploads,
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
    BrandKits,
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
