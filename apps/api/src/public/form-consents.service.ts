import { Inject, Injectable } from '@nestjs/common';
import type { LandingPages } from '#activations';
import { CONFIG, type Config } from '#config';
import type { CompiledCampaign, CompiledPage } from '#content';
import { DoubleOptIns } from '#contacts';
import type { Locale } from '#kernel';
import { countryIn, type FormValues, type ShownConsent } from '#leads';
import { entersByConfirmation } from '#sequencing';

/** What people agree to by sending the form of a landing page, and whether they confirm it by e-mail. */
@Injectable()
export class FormConsents {
  constructor(
    private readonly optIns: DoubleOptIns,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * A country counts only where the form asks for it: nobody states it elsewhere.
   * @param locale of the form.
   * @param from IP address.
   */
  async shown(
    { activation, actor }: Awaited<ReturnType<LandingPages['find']>>,
    { definition }: CompiledCampaign,
    { key, form }: CompiledPage,
    values: FormValues,
    { locale, from }: { readonly locale: Locale; readonly from: string },
  ): Promise<ShownConsent> {
    const jurisdiction = form?.fields.includes('country') === true ? countryIn(values) : null;
    const ofPartner = (await this.optIns.isWanted(actor, jurisdiction)) ? ('partner' as const) : ('none' as const);
    const isConfirmedToEnter = entersByConfirmation(definition.sequence, key);
    return {
      text: form?.consent[locale] ?? '',
      from,
      jurisdiction,
      form: {
        language: locale,
        page: `${this.config.PUBLIC_URL}/p/${activation.slug}`,
        versionId: activation.versionId,
        confirmation: form?.doubleOptIn === true || isConfirmedToEnter ? 'campaign' : ofPartner,
      },
      isConfirmedToEnter,
    };
  }
}
