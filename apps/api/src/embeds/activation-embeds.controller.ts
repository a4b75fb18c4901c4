import { Controller, Get, Inject } from '@nestjs/common';
import { Activations, Embeds } from '#activations';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import { ActivationEmbeds } from '#contracts';
import { PublicTokens } from '#engagement';
import type { ActivationId, PartnerActor } from '#kernel';
import { Allow, CurrentPartner } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';
import { EMBED_TEXTS } from './embed-texts.js';
import { componentSnippet, frameSnippet, policyOf } from './snippets.js';

/** Code with which a partner shows a running campaign on its own website. */
@Controller('api/v1/activations/:id/embeds')
export class ActivationEmbedsController {
  constructor(
    private readonly activations: Activations,
    private readonly embeds: Embeds,
    private readonly profiles: BrandProfiles,
    private readonly tokens: PublicTokens,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  @Summary('Get the code that shows an activation on your own website')
  @Allow('activations.read')
  @Get()
  @ResponseBody(ActivationEmbeds)
  async list(@CurrentPartner() actor: PartnerActor, @IdParam('id') id: ActivationId): Promise<ActivationEmbeds> {
    const activation = await this.activations.get(actor, id);
    const { pages } = await this.activations.campaign(actor, activation);
    const { verifiedHosts } = await this.profiles.current(actor);
    const state = await this.embeds.state(actor, activation);
    const origin = this.config.PUBLIC_URL;
    const { slug, locale } = activation;
    const title = (await this.activations.titlesOf(actor, [activation])).get(id)?.title ?? '';
    const source = { origin, slug, title, linkText: EMBED_TEXTS.in(locale).t('open', { title }) };
    const policy = policyOf(origin);
    return {
      hasPage: pages.length > 0,
      state,
      hosts: [...verifiedHosts],
      card: { url: `${origin}/p/${slug}`, preview: `/p/${slug}/card` },
      frame: { code: frameSnippet(source), preview: `/p/${slug}/embed`, policy: policy.frame },
      component: {
        code: componentSnippet(source),
        preview: `/p/${slug}/component/preview`,
        policy: policy.component,
      },
      feeds: this.feeds(actor),
    };
  }

  private feeds({ partnerId }: PartnerActor): ActivationEmbeds['feeds'] {
    const address = `${this.config.PUBLIC_URL}/feeds/${this.tokens.feedToken(partnerId)}`;
    return { json: `${address}/feed.json`, rss: `${address}/feed.xml` };
  }
}
