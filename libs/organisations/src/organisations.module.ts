import { Module } from '@nestjs/common';
import { Memberships } from './memberships.service.js';
import { Organisations } from './organisations.service.js';

@Module({ providers: [Organisations, Memberships], exports: [Organisations, Memberships] })
export class OrganisationsModule {}
