import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { InsightModule } from '#insight';
import { NotificationsModule } from '#notifications';
import { OrganisationsModule } from '#organisations';
import { SavedViews } from './saved-views.service.js';
import { ViewFiles } from './view-files.service.js';
import { ViewLetters } from './view-letters.service.js';
import { ViewMails } from './view-mails.service.js';
import { ViewTables } from './view-tables.service.js';

@Module({
  imports: [IdentityModule, InsightModule, NotificationsModule, OrganisationsModule],
  providers: [SavedViews, ViewFiles, ViewLetters, ViewMails, ViewTables],
  exports: [SavedViews, ViewFiles, ViewMails, ViewTables],
})
export class SavedViewsModule {}
