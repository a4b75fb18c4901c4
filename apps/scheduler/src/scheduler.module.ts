import { Module } from '@nestjs/common';
import { ActivationsModule } from '#activations';
import { IdentityModule } from '#identity';
import { SequencesModule } from '#sequences';
import { ActivationsHandler } from './activations.handler.js';
import { MessagesHandler } from './messages.handler.js';
import { SystemMailHandler } from './system-mail.handler.js';
import { Ticks } from './ticks.service.js';

/** Everything that happens by itself. */
@Module({
  imports: [ActivationsModule, IdentityModule, SequencesModule],
  providers: [ActivationsHandler, MessagesHandler, SystemMailHandler, Ticks],
})
export class SchedulerModule {}
