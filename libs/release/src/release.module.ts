import { Module } from '@nestjs/common';
import { Noise } from './noise.service.js';
import { ReleaseLog } from './release-log.service.js';
import { Releases } from './releases.service.js';
import { Reservations } from './reservations.service.js';

@Module({
  providers: [Noise, ReleaseLog, Releases, Reservations],
  exports: [ReleaseLog, Releases, Reservations],
})
export class ReleaseModule {}
