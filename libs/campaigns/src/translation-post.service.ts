import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Clock, type UserId, type VendorActor } from '#kernel';
import { concernedReaders, Notifier } from '#notifications';
import { Organisations } from '#organisations';
import { translationLetter } from './translation-letter.js';

/** Tells people of the vendor's team of translations. */
@Injectable()
export class TranslationPost {
  constructor(
    private readonly organisations: Organisations,
    private readonly notifier: Notifier,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * Joins the open transaction.
   * @param path of the texts in the portal.
   */
  async send(
    actor: VendorActor,
    readers: readonly UserId[],
    path: string,
    facts: Omit<Parameters<typeof translationLetter>[2], 'vendor' | 'person'>,
  ): Promise<void> {
    const { vendorId, name: person, userId } = actor;
    const { name } = await this.organisations.get(actor, vendorId);
    await this.notifier.notify(
      actor,
      {
        organisationId: vendorId,
        kind: 'reviews',
        event: 'translation',
        // One language may be asked for several times.
        key: `${path} ${this.clock.now().toISOString()}`,
        by: person,
        titles: facts.title,
        path,
        audience: concernedReaders(({ id }) => readers.includes(id) && id !== userId),
      },
      (reader) =>
        translationLetter(reader, `${this.config.PUBLIC_URL}${path}`, {
          ...facts,
          vendor: { id: vendorId, name },
          person,
        }),
    );
  }
}
