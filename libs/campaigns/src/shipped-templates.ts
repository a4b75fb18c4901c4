import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { type CampaignPackage, readPackage } from '#content';
import { notFound, packageRoot } from '#kernel';
import { changeYaml } from '#template-source';
import type { Layout, LayoutFiles } from './layout-package.js';

const TEMPLATES = join(packageRoot(), 'templates');
const LAYOUTS = join(TEMPLATES, 'layouts');

/** Every folder of `templates/` that holds a campaign, by name. */
export async function templateNames(): Promise<string[]> {
  const entries = await readdir(TEMPLATES, { withFileTypes: true });
  const campaigns = entries.map(async (entry) => {
    const isCampaign = await stat(join(TEMPLATES, entry.name, 'campaign.yaml')).catch(() => null);
    return isCampaign === null ? [] : [entry.name];
  });
  return (await Promise.all(campaigns)).flat().sort();
}

/** @throws DomainError `campaign-template.not-found`. */
export async function templatePackage(name: string): Promise<CampaignPackage> {
  // A name from a request becomes a path only if it is a shipped template.
  if (!(await templateNames()).includes(name)) throw notFound('campaign-template', name);
  const reading = await readPackage({ folder: join(TEMPLATES, name) });
  if (reading.ok) return reading.pkg;
  throw new Error(`The shipped template ${name} cannot be read: ${JSON.stringify(reading.problems)}`);
}

/**
 * The newsletter that a new one begins with.
 * @param colours of the vendor's brand kit; null: those of the package.
 */
export async function newsletterPackage(colours: object | null): Promise<CampaignPackage> {
  const reading = await readPackage({ folder: join(TEMPLATES, 'newsletters', 'partner-news') });
  if (!reading.ok) throw new Error(`The shipped newsletter cannot be read: ${JSON.stringify(reading.problems)}`);
  const { files } = reading.pkg;
  const definition = (files.get('campaign.yaml') ?? Buffer.alloc(0)).toString('utf8');
  const coloured = changeYaml(definition, (document) => {
    for (const [name, value] of Object.entries(colours ?? {})) document.setIn(['brand', 'defaults', name], value);
  });
  return { files: new Map(files).set('campaign.yaml', Buffer.from(coloured)) };
}

const Words = z.record(z.string(), z.string());
const Described = z.record(z.string(), z.object({ title: Words, summary: Words }));
const LayoutList = z.object({ emails: Described, pages: Described });

/** The layouts of `templates/layouts`, e-mails first. */
export async function shippedLayouts(): Promise<readonly Layout[]> {
  const { emails, pages } = LayoutList.parse(parse(await readFile(join(LAYOUTS, 'layouts.yaml'), 'utf8')));
  return [
    ...Object.entries(emails).map(([name, words]) => ({ name, kind: 'email' as const, ...words })),
    ...Object.entries(pages).map(([name, words]) => ({ name, kind: 'page' as const, ...words })),
  ];
}

/** @throws DomainError `campaign-layout.not-found`. */
export async function shippedLayout(name: string): Promise<Layout> {
  const layout = (await shippedLayouts()).find((one) => one.name === name);
  if (layout === undefined) throw notFound('campaign-layout', name);
  return layout;
}

/** The templates, texts and pictures of all layouts. */
export async function layoutFiles(): Promise<LayoutFiles> {
  const folders = await Promise.all(
    ['emails', 'pages', 'locales', 'images'].map(async (folder) =>
      (await readdir(join(LAYOUTS, folder))).map((file) => `${folder}/${file}`),
    ),
  );
  return new Map(
    await Promise.all(folders.flat().map(async (path) => [path, await readFile(join(LAYOUTS, path))] as const)),
  );
}
