import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OrganisationsModule } from '#organisations';
import { AddressKeys } from './address-keys.service.js';
import { BouncedAddresses } from './bounced-addresses.service.js';
import { ConsentRecordSchema, ContactListSchema, ContactSchema } from './contact.schema.js';
import { ContactDates } from './contact-dates.service.js';
import { ContactLists } from './contact-lists.service.js';
import { ContactQuota } from './contact-quota.service.js';
import { ContactRecords } from './contact-records.service.js';
import { DeletedContacts } from './deleted-contacts.service.js';
import { ContactSelection } from './contact-selection.service.js';
import { Contacts } from './contacts.service.js';
import { DoubleOptIns } from './double-opt-ins.service.js';
import { OrganisationFrequencyCaps } from './organisation-frequency-caps.service.js';
import { FormerAddresses } from './former-addresses.service.js';
import { FrequencyCaps } from './frequency-caps.service.js';
import { PolicyRefusals } from './policy-refusals.service.js';
import { ContactChunks } from './imports/contact-chunks.service.js';
import { ContactImportSchema } from './imports/contact-import.schema.js';
import { ContactImporter } from './imports/contact-importer.service.js';
import { ContactImports } from './imports/contact-imports.service.js';
import { OptOutImports } from './imports/opt-out-imports.service.js';
import { OwnOptOuts } from './own-opt-outs.service.js';
import { Preferences } from './preferences.service.js';
import { Segments } from './segments/segments.service.js';
import { SendPolicy } from './send-policy.service.js';
import { SharedSuppressions } from './shared-suppressions.service.js';
import { SuppressionSchema } from './suppression.schema.js';
import { Suppressions } from './suppressions.service.js';

@Module({
  imports: [
    OrganisationsModule,
    TypeOrmModule.forFeature([
      ContactSchema,
      ContactListSchema,
      ConsentRecordSchema,
      SuppressionSchema,
      ContactImportSchema,
    ]),
  ],
  providers: [
    AddressKeys,
    BouncedAddresses,
    ContactDates,
    ContactLists,
    Contacts,
    ContactQuota,
    ContactRecords,
    ContactSelection,
    DeletedContacts,
    DoubleOptIns,
    FormerAddresses,
    OwnOptOuts,
    Preferences,
    Suppressions,
    Segments,
    SendPolicy,
    SharedSuppressions,
    FrequencyCaps,
    PolicyRefusals,
    OrganisationFrequencyCaps,
    ContactImports,
    ContactImporter,
    ContactChunks,
    OptOutImports,
  ],
  exports: [
    BouncedAddresses,
    PolicyRefusals,
    ContactDates,
    ContactLists,
    Contacts,
    ContactRecords,
    ContactSelection,
    DeletedContacts,
    DoubleOptIns,
    OwnOptOuts,
    Preferences,
    Suppressions,
    Segments,
    SendPolicy,
    SharedSuppressions,
    FrequencyCaps,
    OrganisationFrequencyCaps,
    ContactImports,
    ContactImporter,
    OptOutImports,
  ],
})
export class ContactsModule {}
