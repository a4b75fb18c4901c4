import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { withSource } from '#contracts';
import { cardOf, componentContent, type PageCard } from '#rendering';
import { escapeHtml, frame } from '../public/page-frame.js';
import { languageAttributes } from '../public/public-language.js';
import { withoutMargin } from './contact-page.js';
import { type ComponentView, EmbedPages, type OpenEmbed } from './embed-pages.service.js';
import { EMBED_TEXTS } from './embed-texts.js';

/** In CSS pixels. WordPress makes no frame lower than 200. */
const WIDTH = 600;
const HEIGHT = 420;

/** A card of a campaign as oEmbed 1.0 describes it (oembed.com). */
export interface OEmbed {
  readonly version: '1.0';
  readonly type: 'rich';
  readonly title: string;
  readonly provider_name: string;
  readonly provider_url: string;
  /** Seconds. */
  readonly cache_age: number;
  readonly html: string;
  readonly width: number;
  readonly height: number;
  readonly thumbnail_url?: string;
}

const STYLE = `<style>main{border:1px solid var(--line);border-radius:.75rem;overflow:hidden;max-width:${WIDTH}px}
main img{display:block;width:100%;height:auto;max-height:12rem;object-fit:cover}main div{padding:1rem 1.25rem}h1{font-size:1.3rem;margin:0 0 .5rem}
main a{display:inline-block;margin-top:.25rem;padding:.6rem 1.2rem;border-radius:.5rem;background:var(--brand);color:var(--on-brand);text-decoration:none}body{max-width:none;padding:0;margin:0}p{margin:0 0 .75rem}</style>`;

/** Cards of campaigns: picture, text and a link to the page. */
@Injectable()
export class CampaignCards {
  constructor(
    private readonly pages: EmbedPages,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** @param wanted BCP 47; null: the activation's language. */
  async html(embed: OpenEmbed, wanted: string | null): Promise<string> {
    const { t, language } = EMBED_TEXTS.in(wanted ?? embed.activation.locale);
    const card = await this.card(embed, wanted);
    const owner = await this.pages.owner(embed);
    const picture = card.image === null ? '' : `<img src="${escapeHtml(card.image)}" alt="">`;
    const link = `<a href="${escapeHtml(withSource(this.pages.pageUrl(embed), 'embed'))}" rel="sponsored noopener" target="_blank">${escapeHtml(t('button'))}</a>`;
    const body = `${picture}<div ${languageAttributes(wanted ?? embed.activation.locale)}><h1>${escapeHtml(card.title)}</h1><p>${escapeHtml(card.description)}</p>${link}</div>`;
    const page = frame(language, card.title, body, { brand: { ...owner.brand, logo: null }, slug: null });
    return withoutMargin(page)
      .replace('</head>', () => `${STYLE}<link rel="canonical" href="${escapeHtml(this.pages.pageUrl(embed))}"></head>`)
      .replace('</body>', () => `${this.pages.script(embed)}</body>`);
  }

  /**
   * The description of a card for another website.
   * @param limits the largest frame that it has room for; null: any.
   */
  async oembed(
    embed: OpenEmbed,
    limits: { readonly width: number | null; readonly height: number | null },
  ): Promise<OEmbed> {
    const card = await this.card(embed, null);
    const { brand } = await this.pages.owner(embed);
    const width = Math.min(WIDTH, limits.width ?? WIDTH);
    const height = Math.min(HEIGHT, limits.height ?? HEIGHT);
    const src = `${this.config.PUBLIC_URL}/p/${embed.slug}/card`;
    return {
      version: '1.0',
      type: 'rich',
      title: card.title,
      provider_name: brand.name,
      provider_url: this.config.PUBLIC_URL,
      cache_age: 30,
      // WordPress hides the frame if a fallback is beside it, until its own script has run.
      html: `<iframe src="${escapeHtml(src)}" width="${width}" height="${height}" title="${escapeHtml(card.title)}" frameborder="0"></iframe>`,
      width,
      height,
      ...(card.image === null ? {} : { thumbnail_url: card.image }),
    };
  }

  /** A message as content of the web component. */
  message(html: string): ComponentView {
    return {
      ...componentContent(html, this.config.PUBLIC_URL, ''),
      key: '',
      stateUrl: '',
      startUrl: '',
      pageUrl: '',
      failed: '',
    };
  }

  private async card(embed: OpenEmbed, wanted: string | null): Promise<PageCard> {
    const { state, activation } = embed;
    if (state === 'ended' || state === 'recalled') {
      const { brand } = await this.pages.owner(embed);
      const { t } = EMBED_TEXTS.in(wanted ?? activation.locale);
      return { title: t(state), description: t('ask', { partner: brand.name }), image: null };
    }
    return cardOf(await this.pages.html(embed, 'frame', wanted));
  }
}
