import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { ContactImporter, IMPORT_CONTACTS } from '#contacts';
import { Handles } from '#jobs';

/** Reads uploaded lists, on a queue of their own: a big file holds nobody's previews up. */
@Injectable()
export class ContactImportsHandler {
  constructor(private readonly importer: ContactImporter) {}

  @Handles(IMPORT_CONTACTS)
  async run({ importId, partnerId }: z.output<typeof IMPORT_CONTACTS.data>): Promise<void> {
    await this.importer.run(importId, partnerId);
  }
}
