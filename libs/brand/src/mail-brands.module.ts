import { Global, Module } from '@nestjs/common';
import { MailBrands } from '#rendering';
import { KitMailBrands } from './kit-mail-brands.service.js';

/** Global: identity needs the token, and may not import this lib. */
@Global()
@Module({ providers: [{ provide: MailBrands, useClass: KitMailBrands }], exports: [MailBrands] })
export class MailBrandsModule {}
