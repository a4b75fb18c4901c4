import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { OrganisationsModule } from '#organisations';
import { Digests } from './digests.service.js';
import { Inbox } from './inbox.service.js';
import { Notifier } from './notifier.service.js';
import { OptOutLinks } from './opt-out-links.service.js';
import { Receipts } from './receipts.service.js';

@Module({
  imports: [IdentityModule, OrganisationsModule],
  providers: [Digests, Inbox, Notifier, OptOutLinks, Receipts],
  exports: [Digests, Inbox, Notifier, OptOutLinks, Receipts],
})
export class NotificationsModule {}
