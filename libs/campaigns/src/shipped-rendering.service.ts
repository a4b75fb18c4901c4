import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { TemplateType } from '#contracts';
import { type Config, CONFIG } from '#config';
import { type CampaignPackage, CompiledCampaigns, readDefinition } from '#content';
import type { SHOW_SHIPPED } from './campaigns.jobs.js';
import { layoutPackage } from './layout-package.js';
import { samplePreview } from './sample-preview.js';
import { layoutFiles, shippedLayout, templatePackage } from './shipped-templates.js';

interface Shown {
  readonly pkg: CampaignPackage;
  readonly kind: TemplateType;
  readonly key: string;
}

/**
 * Renders shipped templates and layouts for the gallery. In the renderer,
 * because it needs a compiler.
 */
@Injectable()
export class ShippedRendering {
  constructor(
    private readonly compiled: CompiledCampaigns,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** @throws DomainError `campaign-template.not-found`, `campaign-layout.not-found`. */
  async render({
    of,
    name,
    locale,
  }: z.output<typeof SHOW_SHIPPED.data>): Promise<z.output<typeof SHOW_SHIPPED.result>> {
    const { pkg, kind, key } = of === 'template' ? await firstEmailOf(name) : await layoutAlone(name, locale);
    const sample = await this.compiled.sample(pkg, { kind, key, locale });
    if (sample === null) throw new Error(`The shipped ${of} ${name} does not compile.`);
    const choice = { kind, key, locale, recipient: {}, parts: false };
    const { html } = samplePreview(sample.compiled, choice, null, this.config.PUBLIC_URL);
    return { html: this.withPictures(html, sample.pictures) };
  }

  /** Pictures as data: a picture of the store would need an owner. */
  private withPictures(html: string, pictures: ReadonlyMap<string, Buffer>): string {
    return [...pictures].reduce((all, [hash, bytes]) => {
      const address = `${this.config.PUBLIC_URL}/b/${hash}.`;
      const data = bytes.toString('base64');
      return ['jpg', 'png', 'webp'].reduce(
        (text, ending) =>
          text.replaceAll(`${address}${ending}`, `data:image/${ending === 'jpg' ? 'jpeg' : ending};base64,${data}`),
        all,
      );
    }, html);
  }
}

async function firstEmailOf(name: string): Promise<Shown> {
  const pkg = await templatePackage(name);
  const { read } = readDefinition(pkg.files.get('campaign.yaml') ?? Buffer.alloc(0));
  const [key = ''] = Object.keys(read?.definition.emails ?? {});
  return { pkg, kind: 'email', key };
}

async function layoutAlone(name: string, locale: string): Promise<Shown> {
  const layout = await shippedLayout(name);
  const pkg = layoutPackage(await layoutFiles(), layout, {
    name: layout.name,
    title: layout.title['en'] ?? layout.name,
    languages: [locale],
    theme: layout.kind,
    colours: null,
  });
  return { pkg, kind: layout.kind, key: layout.name };
}
