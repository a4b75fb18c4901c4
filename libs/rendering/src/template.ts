import Handlebars from 'handlebars';
import { BUILT_IN_LINKS, FIELD_EXAMPLES, FIELD_PATHS, fieldOf } from './fields.js';
import { type Condition, WHEN_FIELDS, type WhenField } from './master.js';
import { closest } from './closest.js';
import { blankBrokenMustaches } from './broken-mustaches.js';
import type { SourcePosition, SourceReport } from './position.js';
import type { Tokens } from './tokens.js';
import { cleanText, escapeHtml } from './values.js';

type Statement = hbs.AST.Statement;
type Expression = hbs.AST.Expression;

/** The names that a template may refer to. */
export interface TemplateContext {
  readonly tokens: Tokens;
  /** null if the catalogue cannot be read: then every key counts as present. */
  readonly catalogue: Readonly<Record<string, string>> | null;
  readonly catalogueReport: SourceReport;
  /** Line of each key in the catalogue file, where known. */
  readonly catalogueLines: Readonly<Record<string, number>>;
  /** null if unknown: then every name counts as declared. */
  readonly links: ReadonlySet<string> | null;
  /** Collects used keys, for warnings about unused ones. */
  readonly usedKeys: Set<string>;
  readonly usedLinks: Set<string>;
}

/**
 * A source with tokens instead of `{{…}}`, and the mapping to the author's
 * offsets.
 */
export interface Expanded {
  readonly source: string;
  readonly toSource: (offset: number) => number;
}

interface ExpandedSpan {
  readonly out: number;
  readonly src: number;
  readonly verbatim: boolean;
}

/**
 * Replaces fields, catalogue texts and inline conditions by tokens.
 * Handlebars parses the template; only its syntax tree is read. It is never
 * compiled or run.
 * Unreadable parts are reported and omitted.
 * @param place position of a text that is not a file of its own.
 */
export function expandTemplate(
  source: string,
  report: SourceReport,
  context: TemplateContext,
  place: SourcePosition | null = null,
): Expanded {
  const writer = new TemplateExpander(source, report, context, place);
  writer.statements(parse(source, report, place));
  return { source: writer.output, toSource: writer.toSource };
}

function parse(source: string, report: SourceReport, place: SourcePosition | null): readonly Statement[] {
  try {
    return Handlebars.parse(source).body;
  } catch {
    return parseReadableParts(source, report, place);
  }
}

/** The readable parts of a source that does not parse as a whole. */
function parseReadableParts(source: string, report: SourceReport, place: SourcePosition | null): readonly Statement[] {
  if (place === null) {
    try {
      return Handlebars.parse(blankBrokenMustaches(source, report)).body;
    } catch {
      // The error is not in a single pair of braces.
    }
  }
  if (place !== null || !report.failed)
    report.error(
      'template-syntax',
      place ?? { line: 1, column: 1 },
      'Braces do not match here.',
      'Write fields as {{partner.name}}, and close every {{#when}} with {{/when}}.',
    );
  return [];
}

/** Placeholder for a text of an unreadable catalogue. */
const PLACEHOLDER_TEXT = 'text';

class TemplateExpander {
  output = '';
  private readonly pieces: ExpandedSpan[] = [];
  private readonly lineStarts: number[];
  /**
   * Set while a catalogue text is processed: problems then belong to the
   * catalogue's file.
   */
  private catalogueKey: string | null = null;

  constructor(
    source: string,
    private readonly report: SourceReport,
    private readonly context: TemplateContext,
    private readonly place: SourcePosition | null,
  ) {
    this.lineStarts = [0, ...[...source.matchAll(/\n/g)].map((match) => match.index + 1)];
  }

  readonly toSource = (offset: number): number => {
    let piece = this.pieces[0];
    for (const next of this.pieces) {
      if (next.out > offset) break;
      piece = next;
    }
    if (piece === undefined) return 0;
    return piece.verbatim ? piece.src + (offset - piece.out) : piece.src;
  };

  statements(statements: readonly Statement[]): void {
    for (const statement of statements) this.statement(statement);
  }

  private statement(statement: Statement): void {
    switch (statement.type) {
      case 'ContentStatement':
        // The original text. The library's type of this property is wrong.
        this.append((statement as unknown as { original: string }).original, statement, true);
        return;
      case 'CommentStatement':
        return;
      case 'MustacheStatement':
        this.mustache(statement as hbs.AST.MustacheStatement);
        return;
      case 'BlockStatement':
        this.block(statement as hbs.AST.BlockStatement);
        return;
      default:
        this.fail(
          'template-feature',
          statement,
          'Partials and decorators are not part of the language.',
          'Repeat the lines, or make a slot.',
        );
    }
  }

  private mustache(statement: hbs.AST.MustacheStatement): void {
    if (!statement.escaped) {
      this.report.markAsReported(pathOf(statement.path) ?? '');
      this.fail(
        'template-triple',
        statement,
        'Three braces are not allowed: every value is encoded.',
        'Write two braces: {{partner.name}}.',
      );
      return;
    }
    const name = pathOf(statement.path);
    if (name === 't') this.translation(statement);
    else if (name === 'fallback') this.fallback(statement);
    else if (statement.params.length > 0)
      this.fail(
        'helper-unknown',
        statement,
        `There is no helper called "${name ?? '?'}".`,
        'Use {{t "key"}}, {{fallback recipient.firstName "there"}} or a plain field.',
      );
    else if (name !== null) this.field(name, null, statement);
    else this.fail('field-form', statement, 'This is not a field.', 'Write a path such as {{partner.name}}.');
  }

  private field(path: string, fallback: string | null, at: Statement): void {
    const field = fieldOf(path);
    if (field === null || /^(?:slot|form|page|asset)\./.test(path) || path.startsWith('partner.logo.')) {
      const meant = closest(path, PATHS);
      if (meant !== null) this.report.markAsReported(meant);
      this.fail('field-unknown', at, `There is no field called "${path}".`, suggestion(path, meant));
      return;
    }
    if (path.startsWith('links.')) {
      const link = path.slice('links.'.length);
      const { links } = this.context;
      if (links !== null && !links.has(link)) {
        const known = [...links].filter((name) => !(BUILT_IN_LINKS as readonly string[]).includes(name));
        const meant = closest(link, [...links]);
        if (meant !== null) this.report.markAsReported(`links.${meant}`);
        this.fail(
          'link-unknown',
          at,
          `There is no link called "${link}".`,
          `${meant === null ? '' : `Did you mean {{links.${meant}}}? `}Declare it under links in campaign.yaml, or use one of: ${[...known, ...BUILT_IN_LINKS].join(', ')}.`,
        );
        return;
      }
      this.context.usedLinks.add(link);
    }
    this.report.recordPosition(path, this.positionOf(at));
    this.append(this.context.tokens.hole(path, fallback) ?? '', at, false);
  }

  private fallback(statement: hbs.AST.MustacheStatement): void {
    const [subject, replacement] = statement.params;
    const path = subject === undefined ? null : pathOf(subject);
    const text = replacement === undefined ? null : this.literal(replacement, statement);
    if (path === null || text === null || statement.params.length !== 2) {
      this.fail(
        'fallback-form',
        statement,
        'A fallback needs a field and a text.',
        'Write {{fallback recipient.firstName "there"}} or {{fallback recipient.firstName (t "greeting.there")}}.',
      );
      return;
    }
    const field = fieldOf(path);
    if (field?.stage !== 'recipient' || field.type !== 'text') {
      this.fail(
        'fallback-field',
        statement,
        `"${path}" cannot have a fallback: only recipient texts can be missing.`,
        'Use a recipient field such as recipient.firstName.',
      );
      return;
    }
    const cleaned = cleanText('fallback', text, field.maxChars);
    if ('problem' in cleaned) this.fail('fallback-text', statement, cleaned.problem.message, cleaned.problem.remedy);
    else this.field(path, cleaned.text, statement);
  }

  /** A string, or `(t "key")` whose text has no fields. */
  private literal(expression: Expression, at: Statement): string | null {
    if (expression.type === 'StringLiteral') return (expression as hbs.AST.StringLiteral).value;
    if (expression.type !== 'SubExpression') return null;
    const { path, params } = expression as hbs.AST.SubExpression;
    const key = params[0]?.type === 'StringLiteral' ? (params[0] as hbs.AST.StringLiteral).value : null;
    if (pathOf(path) !== 't' || key === null) return null;
    return this.lookUp(key, at);
  }

  private lookUp(key: string, at: Statement): string | null {
    this.context.usedKeys.add(key);
    if (this.context.catalogue === null) return PLACEHOLDER_TEXT;
    const text = this.context.catalogue[key];
    if (text !== undefined) return text;
    const meant = closest(key, Object.keys(this.context.catalogue));
    this.fail(
      'copy-missing',
      at,
      `The catalogue ${this.context.catalogueReport.file} has no text "${key}".`,
      `${meant === null ? '' : `Did you mean {{t "${meant}"}}? `}Add the key ${key} to ${this.context.catalogueReport.file}.`,
    );
    return null;
  }

  private translation(statement: hbs.AST.MustacheStatement): void {
    const [param] = statement.params;
    if (param?.type !== 'StringLiteral' || statement.params.length !== 1) {
      this.fail('copy-form', statement, 'A text needs its key.', 'Write {{t "welcome.intro"}}.');
      return;
    }
    if (this.catalogueKey !== null) {
      this.fail('copy-nested', statement, 'A text cannot contain another text.', 'Write the text here.');
      return;
    }
    const key = (param as hbs.AST.StringLiteral).value;
    const text = this.lookUp(key, statement);
    if (text === null) return;
    const line = this.context.catalogueLines[key];
    const body = parse(text, this.context.catalogueReport, { line: line ?? 1, column: 1 });
    this.catalogueKey = key;
    this.origin = statement;
    this.statements(body);
    this.origin = null;
    this.catalogueKey = null;
  }

  private origin: Statement | null = null;

  private block(statement: hbs.AST.BlockStatement): void {
    const name = pathOf(statement.path);
    if (name !== 'when') {
      this.fail(
        'block-unknown',
        statement,
        `There is no block called "${name ?? '?'}".`,
        'Use {{#when industry="finance"}}…{{else}}…{{/when}}.',
      );
      return;
    }
    const condition = this.condition(statement);
    if (condition === null) return;
    if (this.inTag) {
      this.fail(
        'when-place',
        statement,
        '{{#when}} is inside a tag. It can only choose between texts.',
        'Put it around the text, or use <tc-when> around a section.',
      );
      return;
    }
    const { tokens } = this.context;
    const opening = tokens.marker({ kind: 'when', condition, inline: true });
    this.report.recordPosition(opening, this.positionOf(statement));
    this.append(opening, statement, false);
    this.statements(statement.program.body);
    // Despite its type, the parser returns null for a block without else.
    const inverse = statement.inverse as hbs.AST.Program | null | undefined;
    if (inverse !== null && inverse !== undefined) {
      this.append(tokens.marker({ kind: 'else' }), statement, false);
      this.statements(inverse.body);
    }
    this.append(tokens.marker({ kind: 'end' }), statement, false);
  }

  private condition(statement: hbs.AST.BlockStatement): Condition | null {
    // Despite its type, the parser returns undefined for a block without pairs.
    const pairs = (statement.hash as hbs.AST.Hash | undefined)?.pairs ?? [];
    const attributes = pairs.map(
      ({ key, value }) =>
        [key, value.type === 'StringLiteral' ? (value as hbs.AST.StringLiteral).value : null] as const,
    );
    const condition = conditionOf(attributes);
    if (typeof condition !== 'string') return condition;
    this.fail('when-condition', statement, condition, 'Write {{#when industry="finance|insurance"}}.');
    return null;
  }

  private get inTag(): boolean {
    return this.output.lastIndexOf('<') > this.output.lastIndexOf('>');
  }

  private append(text: string, at: Statement, verbatim: boolean): void {
    const fromCatalogue = this.catalogueKey !== null;
    this.pieces.push({
      out: this.output.length,
      src: this.offset(this.origin ?? at),
      verbatim: verbatim && !fromCatalogue,
    });
    if (!verbatim || !fromCatalogue) this.output += text;
    else if (this.inTag) this.output += escapeHtml(text.replace(/\s+/g, ' '));
    else this.output += text.trimEnd() === '' ? text : text.replace(/\n(?=\S)/g, '<br>').replace(/\n/g, ' ');
  }

  /** The content of a catalogue text has the position of its call. */
  private positionOf(at: Statement): SourcePosition {
    if (this.place !== null) return this.place;
    const { start } = (this.origin ?? at).loc;
    return { line: start.line, column: start.column + 1 };
  }

  private offset({ loc }: Statement): number {
    return (this.lineStarts[loc.start.line - 1] ?? 0) + loc.start.column;
  }

  private fail(code: string, at: Statement, message: string, remedy: string): void {
    this.report.suppressConsequences(this.positionOf(at));
    if (this.catalogueKey === null) {
      this.report.error(code, this.positionOf(at), message, remedy);
      return;
    }
    const line = this.context.catalogueLines[this.catalogueKey];
    this.context.catalogueReport.error(
      code,
      line === undefined ? null : { line, column: 1 },
      `${this.catalogueKey}: ${message}`,
      remedy,
    );
  }
}

/** Candidates for suggestions: all field paths, and the built-in links. */
const PATHS: readonly string[] = [...FIELD_PATHS, ...BUILT_IN_LINKS.map((name) => `links.${name}`)];

function pathOf(expression: Expression): string | null {
  if (expression.type !== 'PathExpression') return null;
  const { parts, depth, data } = expression as hbs.AST.PathExpression;
  return depth === 0 && !data && parts.length > 0 ? parts.join('.') : null;
}

/**
 * Reads `industry="a|b"` pairs.
 * @returns the condition, or a message about the mistake.
 */
export function conditionOf(pairs: readonly (readonly [string, string | null])[]): Condition | string {
  if (pairs.length === 0) return 'The condition has no field.';
  const condition: Partial<Record<WhenField, readonly string[]>> = {};
  for (const [name, value] of pairs) {
    if (!(WHEN_FIELDS as readonly string[]).includes(name))
      return `A condition cannot test "${name}"; it can test ${WHEN_FIELDS.join(', ')}.${closestName(name)}`;
    const values = (value ?? '').split('|').map((option) => option.trim());
    if (values.some((option) => !/^[\p{L}\p{N} _-]{1,40}$/u.test(option)))
      return `The values of ${name} are words separated by |.`;
    condition[name as WhenField] = values;
  }
  return condition;
}

function closestName(name: string): string {
  const meant = closest(name, WHEN_FIELDS);
  return meant === null ? '' : ` Did you mean ${meant}?`;
}

function suggestion(path: string, meant: string | null): string {
  const last = path.split('.').at(-1)?.toLowerCase() ?? '';
  const near = meant ?? PATHS.find((known) => known.toLowerCase().endsWith(last));
  if (path.startsWith('slot.')) return 'Write slots as <tc-slot name="…">.';
  return near === undefined
    ? `Fields are ${FIELD_EXAMPLES.join(', ')}, and links by name: links.demo.`
    : `Did you mean {{${near}}}?`;
}
