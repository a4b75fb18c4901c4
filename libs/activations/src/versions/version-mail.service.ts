import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import type { SystemActor } from '#kernel';
import { contactReaders, Notifier } from '#notifications';
import { Organisations } from '#organisations';
import type { Activation } from '../activation.js';
import type { NewerVersion } from './newer-versions.service.js';
import { versionLetter } from './version-letter.js';

/** Tells partners of newer versions, in the reader's language. */
@Injectable()
export class VersionMail {
  constructor(
    private readonly profiles: BrandProfiles,
    private readonly organisations: Organisations,
    private readonly notifier: Notifier,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * In the open transaction. The e-mail goes to the address on the brand
   * profile, or to the owners if it has none.
   */
  async post(
    actor: SystemActor,
    { id, partnerId, vendorId }: Pick<Activation, 'id' | 'partnerId' | 'vendorId'>,
    { version, difference }: NewerVersion,
  ): Promise<void> {
    const { name } = await this.organisations.get(actor, vendorId);
    const vendor = { id: vendorId, name };
    const { versionId, number, title, closesOn } = version;
    const { contact } = await this.profiles.current(actor);
    const path = `/activations/${id}`;
    await this.notifier.notify(
      actor,
      {
        organisationId: partnerId,
        kind: 'versions',
        event: 'newer-version',
        key: versionId,
        by: name,
        titles: title,
        number,
        path,
        audience: contactReaders(contact.email),
      },
      (reader) => {
        const { locale } = reader;
        const called = title[locale] ?? title[locale.slice(0, 2)] ?? Object.values(title)[0] ?? '';
        const facts = { vendor, title: called, number, difference, closesOn };
        return versionLetter(reader, `${this.config.PUBLIC_URL}${path}`, facts);
      },
    );
  }
}
