import { Inject, Injectable } from '@nestjs/common';
import { type Activation, Activations } from '#activations';
import { CONFIG, type Config } from '#config';
import { Contacts } from '#contacts';
import type { SystemActor } from '#kernel';
import { FormSubmissions, OptInRequests } from '#leads';
import { messageFrom } from './reaction.js';
import type { SentMessage } from './sent-messages.service.js';

/** Forms of sample people need no confirmation: see `PastForms`. */
@Injectable()
export class NoOptInRequests extends OptInRequests {
  override prepare(): never {
    throw new Error('A form of the sample data asks for a confirmation.');
  }
}

/** Sends forms of landing pages for sample people. */
@Injectable()
export class PastForms {
  constructor(
    private readonly activations: Activations,
    private readonly contacts: Contacts,
    private readonly submissions: FormSubmissions,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** For the recipient of a message, who came by a link of it. */
  async send(actor: SystemActor, activation: Activation, { contactId, email }: SentMessage): Promise<void> {
    const { pages } = await this.activations.campaign(actor, activation);
    const [page] = pages;
    const [person] = await this.contacts.byIds(actor, [contactId]);
    if (page?.form == null || person === undefined) return;
    const { locale, slug, versionId } = activation;
    const answers = Object.fromEntries(
      Object.entries({
        email,
        firstName: person.firstName,
        lastName: person.lastName,
        company: person.company,
        message: messageFrom(email),
      }).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== ''),
    );
    await this.submissions.accept(
      actor,
      { activation, pageKey: page.key, partnerCountry: null, source: 'email' },
      answers,
      {
        text: page.form.consent[locale] ?? '',
        from: '192.0.2.17',
        jurisdiction: null,
        isConfirmedToEnter: false,
        form: {
          language: locale,
          page: `${this.config.PUBLIC_URL}/p/${slug}`,
          versionId,
          confirmation: 'none',
        },
      },
    );
  }
}
