import { Module } from '@nestjs/common';
import { ContactsModule } from '#contacts';
import { IdentityModule } from '#identity';
import { InsightModule } from '#insight';
import { LeadsModule } from '#leads';
import { NotificationsModule } from '#notifications';
import { OrganisationsModule } from '#organisations';
import { ListTables } from './list-tables.service.js';
import { MoneyTables } from './money-tables.service.js';
import { ResultTables } from './result-tables.service.js';
import { SavedViews } from './saved-views.service.js';
import { ViewFiles } from './view-files.service.js';
import { ViewLetters } from './view-letters.service.js';
import { ViewMails } from './view-mails.service.js';
import { ViewStops } from './view-stops.service.js';
import { ViewTables } from './view-tables.service.js';

@Module({
  imports: [ContactsModule, IdentityModule, InsightModule, LeadsModule, NotificationsModule, OrganisationsModule],
  providers: [
    ListTables,
    MoneyTables,
    ResultTables,
    SavedViews,
    ViewFiles,
    ViewLetters,
    ViewMails,
    ViewStops,
    ViewTables,
  ],
  exports: [ResultTables, SavedViews, ViewFiles, ViewMails, ViewStops],
})
export class SavedViewsModule {}
