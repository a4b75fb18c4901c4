import { parse as parseCss, walk } from 'css-tree';
import { type DefaultTreeAdapterTypes, parse, parseFragment } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode;

/** A URL that a mail program or browser requests to show a document. */
export interface LoadedUrl {
  readonly url: string;
  /** `src of <img>`, `url() of a style`. */
  readonly where: string;
}

/** Attributes that load something, on any element. */
const LOADING = new Set([
  'src',
  'background',
  'poster',
  'lowsrc',
  'dynsrc',
  'data',
  'icon',
  'manifest',
  'codebase',
  'classid',
  'o:href',
]);
const LISTS = new Set(['srcset', 'imagesrcset']);
/** A link that is followed loads nothing before. */
const FOLLOWED = new Set(['a', 'area']);
const OUTLOOK = /^\[if[^\]]*\]>([\s\S]*)<!\[endif\]$/;

/**
 * Every URL that a document loads: of pictures, backgrounds, style sheets and
 * fonts, also in conditional comments for Outlook.
 * @param html a document, or a part of one.
 */
export function loadedUrls(html: string): LoadedUrl[] {
  const found: LoadedUrl[] = [];
  const visit = (node: Node, element: string): void => {
    if ('data' in node) {
      const inner = OUTLOOK.exec(node.data)?.[1];
      if (inner !== undefined) for (const child of parseFragment(inner).childNodes) visit(child, '#outlook');
    } else if ('value' in node) {
      if (element === 'style') found.push(...urlsInCss(node.value, 'stylesheet'));
    } else if ('tagName' in node) {
      found.push(...urlsOfElement(node));
      const children = 'content' in node ? node.content.childNodes : node.childNodes;
      for (const child of children) visit(child, node.tagName);
    }
  };
  const isDocument = /^\s*<(?:!doctype|html)\b/i.test(html);
  for (const node of (isDocument ? parse(html) : parseFragment(html)).childNodes) visit(node, '');
  return found;
}

function urlsOfElement({ tagName, attrs }: DefaultTreeAdapterTypes.Element): LoadedUrl[] {
  return attrs.flatMap(({ prefix, name: local, value }) => {
    const name = prefix === undefined || prefix === '' ? local : `${prefix}:${local}`;
    const where = `${name} of <${tagName}>`;
    if (name === 'style') return urlsInCss(value, 'declarationList');
    if (LISTS.has(name)) return candidates(value).map((url) => ({ url, where }));
    const isLoading = LOADING.has(name) || (/(?:^|:)href$/.test(name) && !FOLLOWED.has(tagName));
    return isLoading && isRequested(value) ? [{ url: value.trim(), where }] : [];
  });
}

/** The URLs of a `srcset` (HTML, 4.8.4.2.1). */
export const candidates = (list: string): string[] =>
  list
    .split(/,(?=\s)|,$/)
    .map((candidate) => candidate.trim().split(/\s+/)[0] ?? '')
    .filter(isRequested);

/** Parts of the same document, and nothing, are not requested. */
const isRequested = (value: string): boolean => value.trim() !== '' && !value.trim().startsWith('#');

function urlsInCss(css: string, context: 'stylesheet' | 'declarationList'): LoadedUrl[] {
  if (!/url|@import|image/i.test(css)) return [];
  const found: LoadedUrl[] = [];
  const add = (url: string, where: string): void => {
    if (isRequested(url)) found.push({ url: url.trim(), where });
  };
  walk(parseCss(css, { context, parseCustomProperty: true }), (node) => {
    if (node.type === 'Url') add(node.value, 'url() of a style');
    else if (node.type === 'Raw' && /url\s*\(|@import/i.test(node.value)) add(node.value, 'a style');
    else if (node.type === 'Atrule' && node.name.toLowerCase() === 'import' && node.prelude !== null)
      walk(node.prelude, (part) => {
        if (part.type === 'String') add(part.value, '@import');
      });
    else if (node.type === 'Function' && /^(?:-webkit-)?image-set$/i.test(node.name))
      walk(node, (part) => {
        if (part.type === 'String') add(part.value, 'image-set() of a style');
      });
  });
  return found;
}
