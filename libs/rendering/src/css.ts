import { type CssNode, parse, walk } from 'css-tree';

const PROPERTIES =
  /^(?:accent-color|align-(?:content|items|self)|aspect-ratio|background|background-(?:color|position|repeat|size|clip|origin)|border(?:-.+)?|bottom|box-shadow|box-sizing|break-inside|caption-side|clear|color|color-scheme|column-gap|columns|cursor|direction|display|flex(?:-.+)?|float|font(?:-.+)?|forced-color-adjust|gap|grid(?:-.+)?|height|hyphens|inline-size|justify-(?:content|items|self)|letter-spacing|line-height|list-style(?:-type|-position)?|margin(?:-.+)?|max-(?:width|height|inline-size)|min-(?:width|height|inline-size)|mso-[a-z-]+|object-(?:fit|position)|opacity|order|outline(?:-.+)?|overflow(?:-wrap|-x|-y)?|padding(?:-.+)?|place-(?:content|items|self)|row-gap|scroll-margin(?:-.+)?|table-layout|text-(?:align|decoration(?:-.+)?|indent|overflow|shadow|transform|underline-offset|wrap)|transition(?:-.+)?|unicode-bidi|vertical-align|visibility|white-space|width|word-(?:break|spacing|wrap)|-webkit-text-size-adjust|-ms-text-size-adjust|-webkit-font-smoothing)$/;

export interface CssProblem {
  /** Offset in the given text. */
  readonly offset: number;
  readonly message: string;
}

/**
 * Finds CSS that is not allowed: it loads or runs something, leaves its
 * position, or uses an unlisted property.
 * @param kind a style sheet, or the declarations of a style attribute.
 */
export function checkCss(css: string, kind: 'stylesheet' | 'declarationList'): CssProblem[] {
  const problems: CssProblem[] = [];
  const ast = parse(css, {
    context: kind,
    positions: true,
    onParseError: (error) =>
      problems.push({
        offset: (error as { offset?: number }).offset ?? 0,
        message: `The style cannot be read: ${error.message}.`,
      }),
  });
  const add = (node: CssNode, message: string): void =>
    void problems.push({ offset: node.loc?.start.offset ?? 0, message });
  walk(ast, (node) => {
    if (node.type === 'Atrule' && node.name.toLowerCase() !== 'media')
      add(node, `@${node.name} is not allowed; @media is.`);
    if (node.type === 'Url') add(node, 'url(…) is not allowed: a style must not load anything.');
    if (node.type === 'Declaration' && !PROPERTIES.test(node.property.toLowerCase()))
      add(node, `The property ${node.property} is not on the list of allowed ones.`);
    if (node.type === 'Function' && /^(?:expression|image-set|src|attr|var|env|element|cross-fade)$/i.test(node.name))
      add(node, `${node.name}(…) is not allowed.`);
    if (node.type === 'Raw' && /url\s*\(|expression|javascript:|@import|<|\\/i.test(node.value))
      add(node, 'This part of the style is not allowed.');
  });
  return problems;
}
