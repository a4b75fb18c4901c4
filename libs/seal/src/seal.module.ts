import { Module } from '@nestjs/common';
import { SealRecords } from './seal-records.service.js';
import { SigningKeys } from './signing-keys.service.js';

@Module({ providers: [SigningKeys, SealRecords], exports: [SigningKeys, SealRecords] })
export class SealModule {}
