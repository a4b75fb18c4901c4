import { isMap } from 'yaml';
import { catalogueOf, writeCopy } from '../copy-table';
import { copyOf, type Texts } from '../builder/email-copy';
import { declarationsOf, type NewTexts } from '../new-files';
import { changeYaml, readYaml, readYamlOnly } from '../yaml-file';
import {
  layersOfLayout,
  pictureSource,
  POST_FORMATS,
  type PostColours,
  type PostFormat,
  type PostLayout,
  type PostText,
} from './post-layouts';

const CAMPAIGN = 'campaign.yaml';
/** Colours of a campaign that names none. */
const FIRST_COLOURS: PostColours = {
  primary: '#0b4a8f',
  onPrimary: '#ffffff',
  secondary: '#e6eef8',
  onSecondary: '#12263f',
};
const MOST_KEY = 40;

/** A post as `campaign.yaml` declares it. */
export interface Post {
  readonly key: string;
  /** Key of its text in the catalogues. */
  readonly text: string;
  /** Name of a link of the campaign. */
  readonly link: string;
  readonly images: Readonly<Partial<Record<PostFormat, string>>>;
}

/** The posts of a campaign; none while `campaign.yaml` cannot be read. */
export function postsOf(texts: Texts): Post[] {
  const file = readYamlOnly(texts[CAMPAIGN] ?? '');
  const social = file.ok ? file.document.get('social') : null;
  if (!isMap(social)) return [];
  const written = social.toJSON() as Record<string, Partial<Post> | null>;
  return Object.entries(written).map(([key, post]) => ({
    key,
    text: typeof post?.text === 'string' ? post.text : '',
    link: typeof post?.link === 'string' ? post.link : '',
    images: post?.images ?? {},
  }));
}

/** Group of a post's texts in the catalogues: beside the text of the post. */
export function groupOf({ key, text }: Pick<Post, 'key' | 'text'>): string {
  const parts = text.split('.');
  return parts.length > 2 ? parts.slice(0, -1).join('.') : `posts.${key}`;
}

/** Colours of the campaign, for a new post. */
export function coloursOf(texts: Texts): PostColours {
  const file = readYamlOnly(texts[CAMPAIGN] ?? '');
  const own: unknown = file.ok ? file.document.getIn(['brand', 'defaults']) : null;
  const said = isMap(own) ? (own.toJSON() as Partial<PostColours>) : {};
  return { ...FIRST_COLOURS, ...said };
}

/** Why a post cannot have this name. */
export type PostFault = 'unreadable' | 'empty' | 'taken' | 'noLink';

export function postFault(texts: Texts, name: string): PostFault | null {
  if (!readYamlOnly(texts[CAMPAIGN] ?? '').ok) return 'unreadable';
  const key = keyOf(name);
  if (key === '') return 'empty';
  if (postsOf(texts).some((post) => post.key === key)) return 'taken';
  return firstLink(texts) === null ? 'noLink' : null;
}

/** “Our spring offer!” as `our-spring-offer`. */
export function keyOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-$/g, '');
  return plain.slice(0, MOST_KEY).replace(/-$/, '');
}

export interface NewPost {
  readonly name: string;
  readonly layout: PostLayout;
  /** Path of a picture of the package; empty where the layout has none. */
  readonly picture: string;
  /** First texts in a language. */
  readonly words: (locale: string, text: PostText | 'post' | 'slot') => string;
}

/** Adds a post: its three pictures, its texts in each language, and its entry in `campaign.yaml`. */
export function withPost(texts: Texts, { name, layout, picture, words }: NewPost): Texts {
  const key = keyOf(name);
  const group = `posts.${key}`;
  const { locales } = declarationsOf(texts);
  const colours = coloursOf(texts);
  const slot = freeSlot(texts, `${key}-headline`.slice(0, MOST_KEY));
  const layers = layersOfLayout(layout, 'square', colours);
  const shown = layers.flatMap((layer) => (layer.kind === 'copy' || layer.kind === 'partner' ? [layer.name] : []));
  const isPartners = layers.some(({ kind }) => kind === 'partner');
  const files = Object.fromEntries(
    POST_FORMATS.map((format) => [
      fileOf(key, format),
      pictureSource(format, { layout, colours, group, slot, picture }),
    ]),
  );
  const copy = (locale: string): Record<string, string> =>
    Object.fromEntries([
      [`${group}.text`, words(locale, 'post')],
      ...shown.map((text) => [`${group}.${text}`, words(locale, text)] as const),
    ]);
  const campaign = changeYaml(texts[CAMPAIGN] ?? '', (document) => {
    const images = Object.fromEntries(POST_FORMATS.map((format) => [format, fileOf(key, format)]));
    const post = { text: `${group}.text`, link: firstLink(texts) ?? '', images };
    document.setIn(['social', key], document.createNode(post, { flow: true }));
    if (!isPartners) return;
    const label = Object.fromEntries(locales.map((locale) => [locale, words(locale, 'slot')]));
    const rule = { label, maxChars: 70, maxLines: 3, default: `${group}.headline` };
    document.setIn(['slots', slot], document.createNode(rule, { flow: true }));
  });
  return { [CAMPAIGN]: campaign, ...files, ...withCopies(texts, locales, copy) };
}

/** The catalogues with texts by key. */
export function withCopies(
  texts: Texts,
  locales: readonly string[],
  copy: (locale: string) => Readonly<Record<string, string>>,
): Texts {
  return Object.fromEntries(
    locales.flatMap((locale) => {
      const file = catalogueOf(locale);
      const before = texts[file];
      if (before === undefined || !readYaml(before).ok) return [];
      const after = Object.entries(copy(locale)).reduce(
        (text, [key, words]) => writeCopy(text, key.split('.'), words),
        before,
      );
      return [[file, after]];
    }),
  );
}

/**
 * A copy of a post under another name, with texts and pictures of its own. What
 * partners write stays one text for both.
 */
export function withPostCopy(texts: Texts, post: Post, name: string): Texts {
  const key = keyOf(name);
  const [from, to] = [groupOf(post), `posts.${key}`];
  const { locales } = declarationsOf(texts);
  const keys = [
    ...new Set([post.text, ...Object.values(post.images).flatMap((path) => keysOfGroup(texts[path] ?? '', from))]),
  ];
  const renamed = (one: string): string => (one === post.text ? `${to}.text` : to + one.slice(from.length));
  const files = Object.entries(post.images).map(([format, path]) => {
    const source = texts[path] ?? '';
    return [
      fileOf(key, format as PostFormat),
      keys.reduce((text, one) => text.replaceAll(`{{t "${one}"}}`, `{{t "${renamed(one)}"}}`), source),
    ] as const;
  });
  const campaign = changeYaml(texts[CAMPAIGN] ?? '', (document) => {
    const images = Object.fromEntries(
      Object.keys(post.images).map((format) => [format, fileOf(key, format as PostFormat)]),
    );
    const entry = { text: `${to}.text`, link: post.link, images };
    document.setIn(['social', key], document.createNode(entry, { flow: true }));
  });
  const copy = (locale: string): Record<string, string> => {
    const own = copyOf(texts, locale);
    return Object.fromEntries(keys.flatMap((one) => (own.has(one) ? [[renamed(one), own.get(one) ?? '']] : [])));
  };
  return { [CAMPAIGN]: campaign, ...Object.fromEntries(files), ...withCopies(texts, locales, copy) };
}

const keysOfGroup = (svg: string, group: string): string[] =>
  [...svg.matchAll(/\{\{t "([^"]+)"\}\}/g)].flatMap(([, key = '']) => (key.startsWith(`${group}.`) ? [key] : []));

/** Removes a post with its pictures. Texts stay: others may use them. */
export function withoutPost(texts: Texts, { key, images }: Post): NewTexts {
  const others = postsOf(texts).filter((post) => post.key !== key);
  const used = new Set(others.flatMap((post) => Object.values(post.images)));
  const files = Object.values(images).filter((path) => !used.has(path));
  const campaign = changeYaml(texts[CAMPAIGN] ?? '', (document) => {
    document.deleteIn(['social', key]);
    const social = document.get('social');
    if (isMap(social) && social.items.length === 0) document.delete('social');
  });
  return { [CAMPAIGN]: campaign, ...Object.fromEntries(files.map((path) => [path, null])) };
}

export const withPostLink = (texts: Texts, key: string, link: string): Texts => ({
  [CAMPAIGN]: changeYaml(texts[CAMPAIGN] ?? '', (document) => document.setIn(['social', key, 'link'], link)),
});

const fileOf = (key: string, format: PostFormat): string => `social/${key}.${format}.svg`;

/** A link to the campaign's page, else the first one. */
function firstLink(texts: Texts): string | null {
  const file = readYamlOnly(texts[CAMPAIGN] ?? '');
  const links = file.ok ? file.document.get('links') : null;
  if (!isMap(links)) return null;
  const written = Object.entries(links.toJSON() as Record<string, { page?: string } | null>);
  return (written.find(([, link]) => link?.page !== undefined) ?? written[0])?.[0] ?? null;
}

function freeSlot(texts: Texts, wanted: string): string {
  const file = readYamlOnly(texts[CAMPAIGN] ?? '');
  const isTaken = (name: string): boolean => file.ok && file.document.hasIn(['slots', name]);
  let [name, number] = [wanted, 1];
  while (isTaken(name)) name = `${wanted.slice(0, MOST_KEY - 3)}-${(number += 1)}`;
  return name;
}
