import { Tokenizer, type Token } from 'parse5';
import { unsupportedCss } from './client-support.js';
import { checkCss } from './css.js';
import { Outline } from './outline.js';
import type { SourcePosition, SourceReport } from './position.js';
import type { Expanded } from './template.js';
import type { TemplateType } from '#contracts';

const TEXT_TAGS = (
  'a abbr b blockquote br caption center cite code col colgroup dd del div dl dt em figcaption ' +
  'figure h1 h2 h3 h4 h5 h6 hr i img ins li ol p s small span strong sub sup table tbody td tfoot ' +
  'th thead time tr u ul'
).split(' ');
const PAGE_TAGS = (
  'address article aside body dfn footer head header html kbd main mark nav picture section source ' +
  'style summary details title meta'
).split(' ');
const TC_TAGS =
  'tc-slot tc-button tc-picture tc-partner-logo tc-lock tc-when tc-else tc-choice tc-option tc-optional tc-form'.split(
    ' ',
  );
/** Their names are those of slots. */
const SLOT_TAGS = ['tc-slot', 'tc-button', 'tc-choice', 'tc-optional'];
/** Their pictures need a text for readers who do not see them. */
const PICTURE_TAGS = ['img', 'mj-image', 'tc-picture'];
const MJML_BANNED = ['mj-include', 'mj-html-attributes', 'mj-selector', 'mj-font'];
const ATTRIBUTES =
  /^(?:abbr|align|alt|aria-[a-z]+|bgcolor|border|cellpadding|cellspacing|class|colspan|content|datetime|dir|headers|height|href|id|lang|loading|media|name|open|property|rel|role|rowspan|scope|span|src|srcset|start|style|summary|tabindex|target|title|type|valign|value|width)$/;

/** Position of a slot in the author's file. */
export interface SlotPosition {
  readonly name: string;
  readonly position: SourcePosition;
}

/**
 * Checks vendor markup against our own list of tags and attributes. MJML passes
 * scripts, handlers and frames.
 * Checks tags as written, because a tree builder drops or moves some.
 */
export function checkMarkup(kind: TemplateType, expanded: Expanded, report: SourceReport): SlotPosition[] {
  const slots: SlotPosition[] = [];
  const outline = new Outline(kind, expanded, report);
  const allowed = new Set(kind === 'page' ? [...TEXT_TAGS, ...PAGE_TAGS, ...TC_TAGS] : [...TEXT_TAGS, ...TC_TAGS]);
  let style: { start: number; tag: string } | null = null;
  const tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: true },
    {
      onStartTag: (tag: Token.TagToken) => {
        const start = tag.location?.startOffset ?? 0;
        checkTag(kind, allowed, tag, expanded, report);
        outline.open(tag);
        if (tag.tagName === 'tc-lock')
          report.recordPosition(`lock.${valueOf(tag, 'name') ?? ''}`, report.positionAt(expanded.toSource(start)));
        const slot = slotNameOf(tag);
        if (slot !== null) slots.push({ name: slot, position: report.positionAt(expanded.toSource(start)) });
        for (const attribute of tag.attrs) checkAttribute(kind, tag, attribute, expanded, report);
        if ((tag.tagName === 'style' || tag.tagName === 'mj-style') && !tag.selfClosing)
          style = { start: tag.location?.endOffset ?? start, tag: tag.tagName };
      },
      onEndTag: (tag: Token.TagToken) => {
        outline.close(tag);
        if (style === null || tag.tagName !== style.tag) return;
        checkStylesheet(kind, { start: style.start, end: tag.location?.startOffset }, expanded, report);
        style = null;
      },
      onComment: (comment: Token.CommentToken) => {
        if (!/^\s*\[if|\[endif\]/i.test(comment.data)) return;
        report.error(
          'comment-conditional',
          expanded.toSource(comment.location?.startOffset ?? 0),
          'Conditional comments are not allowed.',
          'Use the components: they write the code for Outlook.',
        );
      },
      onDoctype: () => undefined,
      onEof: () => undefined,
      onCharacter: () => undefined,
      onNullCharacter: (token: Token.CharacterToken) => {
        report.error(
          'null-character',
          expanded.toSource(token.location?.startOffset ?? 0),
          'The file contains a NUL character.',
          'Save it as UTF-8 text.',
        );
      },
      onWhitespaceCharacter: () => undefined,
      onParseError: () => undefined,
    },
  );
  tokenizer.write(expanded.source, true);
  outline.end();
  return slots;
}

function checkStylesheet(
  kind: TemplateType,
  { start, end }: { readonly start: number; readonly end: number | undefined },
  expanded: Expanded,
  report: SourceReport,
): void {
  const css = expanded.source.slice(start, end);
  for (const problem of checkCss(css, 'stylesheet')) {
    report.error(
      'style-refused',
      expanded.toSource(start + problem.offset),
      problem.message,
      'Use plain rules and @media. Use <mj-image> or <img> for pictures.',
    );
  }
  if (kind === 'email') adviseOnStyle(css, 'stylesheet', (offset) => expanded.toSource(start + offset), report);
}

function checkTag(
  kind: TemplateType,
  allowed: ReadonlySet<string>,
  tag: Token.TagToken,
  expanded: Expanded,
  report: SourceReport,
): void {
  const name = tag.tagName;
  const at = expanded.toSource(tag.location?.startOffset ?? 0);
  if (PICTURE_TAGS.includes(name) && valueOf(tag, 'alt') === undefined) {
    report.error(
      'alt-missing',
      at,
      'A picture has no alt text.',
      'Write alt="what the picture shows", or alt="" when it only decorates.',
    );
  }
  const mjml = name === 'mjml' || name.startsWith('mj-');
  if (kind === 'email' && mjml && !MJML_BANNED.includes(name)) return;
  if (kind === 'email' && name === 'tc-form')
    report.error('form-in-email', at, 'An e-mail has no form.', 'Put <tc-form> on the landing page and link to it.');
  else if (!allowed.has(name))
    report.error(
      'tag-refused',
      at,
      `<${name}> is not allowed here.`,
      REPLACEMENTS[name] ?? 'Use text, tables, lists, links and pictures, or a component.',
    );
}

const REPLACEMENTS: Readonly<Record<string, string>> = {
  script: 'Remove the script: e-mails and pages must work without.',
  iframe: 'Link to the page instead.',
  form: 'Use <tc-form></tc-form>; its fields are set in campaign.yaml.',
  input: 'Use <tc-form></tc-form>; its fields are set in campaign.yaml.',
  'mj-include': 'Copy the content: packages have no includes.',
  'mj-font': 'Use system fonts: external fonts tell a third party who reads the e-mail.',
  link: 'Put the rules into <style>.',
  svg: 'Use a picture from images/.',
};

function checkAttribute(
  kind: TemplateType,
  tag: Token.TagToken,
  { name, value }: Token.Attribute,
  expanded: Expanded,
  report: SourceReport,
): void {
  const location = tag.location?.attrs?.[name];
  const at = expanded.toSource(location?.startOffset ?? tag.location?.startOffset ?? 0);
  const component = tag.tagName === 'mjml' || tag.tagName.startsWith('mj-') || tag.tagName.startsWith('tc-');
  if (/^on/.test(name))
    report.error(
      'handler-refused',
      at,
      `The handler ${name} is not allowed.`,
      'Remove it: e-mails and pages have no scripts.',
    );
  else if (!component && !ATTRIBUTES.test(name))
    report.error('attribute-refused', at, `The attribute ${name} is not allowed on <${tag.tagName}>.`, 'Leave it out.');
  if (name === 'style') {
    for (const problem of checkCss(value, 'declarationList'))
      report.error('style-refused', at, problem.message, 'Use a property from the list in the authoring guide.');
    if (kind === 'email') adviseOnStyle(value, 'declarationList', () => at, report);
  }
  if (name === 'http-equiv') report.error('attribute-refused', at, 'http-equiv is not allowed.', 'Leave it out.');
  if (name === 'href' && !isOwnTarget(value)) {
    report.error(
      'href-literal',
      at,
      `The address “${value.slice(0, 60)}” is written in the source.`,
      'Declare it under links in campaign.yaml and write href="{{links.name}}".',
    );
  }
}

/** Warns about CSS that mail clients do not support. */
function adviseOnStyle(
  css: string,
  context: 'stylesheet' | 'declarationList',
  toSource: (offset: number) => number,
  report: SourceReport,
): void {
  for (const { offset, message } of unsupportedCss(css, context))
    report.warning(
      'client-support',
      toSource(offset),
      message,
      'Check that the e-mail reads well without it, or use a component: MJML writes the code for each client.',
    );
}

/** A field's token, an anchor, or a scheme with a field as value. */
const isOwnTarget = (value: string): boolean =>
  /^tcq[0-9a-f]+x\d+z$/.test(value) || /^#[\w-]*$/.test(value) || /^(?:mailto|tel):tcq[0-9a-f]+x\d+z$/.test(value);

const valueOf = (tag: Token.TagToken, name: string): string | undefined =>
  tag.attrs.find((attribute) => attribute.name === name)?.value;

/** The name of the slot that a tag makes; null: none. */
function slotNameOf(tag: Token.TagToken): string | null {
  const name = valueOf(tag, 'name') ?? '';
  if (tag.tagName === 'tc-picture') return `${name}.picture`;
  return SLOT_TAGS.includes(tag.tagName) ? name : null;
}
