import { directionOf, type Locale, type SourceProblem } from '#kernel';
import { checkMarkup, type SlotPlace } from './allow-list.js';
import { type Findings, type RawSlot, SLOT_NAME } from './components.js';
import { findContexts, mayStand, placeName } from './contexts.js';
import { BUILT_IN_LINKS, DECOY_LINK } from './fields.js';
import { type FormRule } from './form.js';
import { withDecoy } from './decoy.js';
import { checkQuality } from './gates.js';
import { type Hole, isLock, type Lock, type Master, type Program } from './master.js';
import { runMjml } from './mjml.js';
import { framePage } from './page.js';
import { replacePictures } from './pictures.js';
import { plainText } from './plain-text.js';
import { type Place, SourceReport } from './position.js';
import { canonical, cutProgram, programHash, walkProgram, worstCaseBytes } from './program.js';
import { checkSlot, type SlotRule } from './slot.js';
import { slotDefault } from './slot-default.js';
import { type Expanded, expandTemplate, type TemplateContext } from './template.js';
import { digest, Tokens } from './tokens.js';

/** One template in one locale, and what it may refer to. Plain data: it travels to a worker thread. */
export interface MasterInput {
  readonly kind: 'email' | 'page';
  /** Path in the package, for problems. */
  readonly file: string;
  readonly source: string;
  readonly locale: Locale;
  readonly catalogueFile: string;
  readonly catalogue: Readonly<Record<string, string>>;
  readonly catalogueLines?: Readonly<Record<string, number>>;
  /** Names of declared links; the built-in ones come on top. */
  readonly links: readonly string[];
  /** Paths of the package's pictures. */
  readonly images: readonly string[];
  readonly requiredLocks: readonly string[];
  /** Texts with fields: subject line or page title, and preheader. */
  readonly subject: string;
  readonly preheader: string;
  readonly form: FormRule | null;
}

export type Compiled =
  | {
      readonly ok: true;
      readonly master: Master;
      readonly warnings: readonly SourceProblem[];
      readonly usedKeys: readonly string[];
      readonly usedLinks: readonly string[];
    }
  | {
      readonly ok: false;
      readonly problems: readonly SourceProblem[];
      readonly usedKeys: readonly string[];
      readonly usedLinks: readonly string[];
    };

const MAX_SOURCE_CHARS = 300_000;
const MAX_DEPTH = 100;

/** Compiles in this thread. See `compileMaster`, which does it in a worker with a time limit. */
export async function compileHere(input: MasterInput): Promise<Compiled> {
  return new Compilation(input).run();
}

class Compilation {
  private readonly report: SourceReport;
  private readonly catalogueReport: SourceReport;
  private readonly tokens: Tokens;
  private readonly context: TemplateContext;
  private readonly findings: Findings = { slots: [], logos: [], problems: [] };

  private slotPlaces: readonly SlotPlace[] = [];

  constructor(private readonly input: MasterInput) {
    this.report = new SourceReport(input.file, input.source);
    this.catalogueReport = new SourceReport(input.catalogueFile, '');
    this.tokens = new Tokens(`${input.source}\u0000${JSON.stringify(input.catalogue)}`);
    this.context = {
      tokens: this.tokens,
      catalogue: input.catalogue,
      catalogueReport: this.catalogueReport,
      catalogueLines: input.catalogueLines ?? {},
      links: new Set([...input.links, ...BUILT_IN_LINKS]),
      usedKeys: new Set(),
      usedLinks: new Set(),
    };
  }

  async run(): Promise<Compiled> {
    if (!this.fits()) return this.failed();
    const expanded = expandTemplate(this.input.source, this.report, this.context);
    const subject = expandTemplate(this.input.subject, this.catalogueReport, this.context);
    const preheader = expandTemplate(this.input.preheader, this.catalogueReport, this.context);
    if (expanded === null || subject === null || preheader === null) return this.failed();
    this.slotPlaces = checkMarkup(this.input.kind, expanded, this.report);
    const pictures = replacePictures(expanded, this.input.images, this.tokens, this.report);
    const html = await this.toHtml({ ...expanded, source: pictures.source }, subject.source, preheader.source);
    const slots = this.slotRules();
    if (html === null || this.problems.some(({ severity }) => severity === 'error')) return this.failed();
    const whole = this.input.kind === 'email' ? withDecoy(html, this.tokens) : html;
    this.checkPlaces(whole);
    if (this.report.failed) return this.failed();
    const text = this.input.kind === 'email' ? plainText(html) : '';
    return this.assemble({ html: whole, text }, subject.source, preheader.source, slots, pictures.used);
  }

  private fits(): boolean {
    const { source } = this.input;
    if (source.length > MAX_SOURCE_CHARS)
      this.report.error(
        'source-too-large',
        null,
        `The file has ${source.length} characters; ${MAX_SOURCE_CHARS} are allowed.`,
        'Split the content over several e-mails.',
      );
    let depth = 0;
    for (const match of source.matchAll(/<(\/?)(?:mj-|tc-|div|table|tr|td|span|section|ul|ol|li)[^<>]*?(\/?)>/gi)) {
      depth += match[1] === '/' ? -1 : match[2] === '/' ? 0 : 1;
      if (depth <= MAX_DEPTH) continue;
      this.report.error(
        'source-too-deep',
        match.index,
        `Elements are nested more than ${MAX_DEPTH} deep here.`,
        'Flatten the structure.',
      );
      break;
    }
    return !this.report.failed;
  }

  private async toHtml(expanded: Expanded, subject: string, preheader: string): Promise<string | null> {
    const { locale, kind, form } = this.input;
    const placeOf = (line: number, tag: string): Place => {
      const from = offsetOfLine(expanded.source, line);
      const at = expanded.source.indexOf(`<${tag}`, from);
      return this.report.place(expanded.toSource(at === -1 ? from : at));
    };
    if (kind === 'email')
      return runMjml(
        frameEmail(expanded.source, locale, subject, preheader),
        this.tokens,
        this.findings,
        this.report,
        placeOf,
      );
    const html = framePage(
      expanded.source,
      { language: locale, direction: directionOf(locale), title: subject, form },
      this.tokens,
      this.findings,
    );
    for (const { code, line, tag, message, wayOut } of this.findings.problems)
      this.report.error(code, placeOf(line, tag), message, wayOut);
    return html;
  }

  private slotRules(): SlotRule[] {
    const rules = new Map<string, SlotRule>();
    for (const raw of this.findings.slots) {
      const rule = this.slotRule(raw);
      if (rule === null) continue;
      const known = rules.get(raw.name);
      if (known !== undefined && JSON.stringify(known) !== JSON.stringify(rule))
        this.slotError(
          'slot-differs',
          raw,
          `The slot “${raw.name}” stands twice with different rules.`,
          'Give both the same attributes and text.',
        );
      rules.set(raw.name, rule);
    }
    return [...rules.values()];
  }

  private slotRule(raw: RawSlot): SlotRule | null {
    if (!SLOT_NAME.test(raw.name)) {
      this.slotError(
        'slot-name',
        raw,
        'A slot needs a name of lower-case letters, digits and hyphens.',
        'Write <tc-slot name="offer" label="Your offer">.',
      );
      return null;
    }
    if (
      !Number.isInteger(raw.maxChars) ||
      raw.maxChars < 1 ||
      raw.maxChars > 4000 ||
      !Number.isInteger(raw.maxLines) ||
      raw.maxLines < 1 ||
      raw.maxLines > 60
    ) {
      this.slotError(
        'slot-limits',
        raw,
        `The limits of slot “${raw.name}” are not sensible numbers.`,
        'Write max-chars from 1 to 4000 and max-lines from 1 to 60.',
      );
      return null;
    }
    const content = slotDefault(raw.content, raw.format);
    if (content === null || this.tokens.pattern.test(raw.content)) {
      this.slotError(
        'slot-default',
        raw,
        `The suggested text of slot “${raw.name}” holds more than text.`,
        'Use words, <b>, <i>, <br> or a list, and no fields.',
      );
      return null;
    }
    const { name, label, format, links, maxChars, maxLines, required } = raw;
    const rule: SlotRule = { name, label, format, links, maxChars, maxLines, required, default: content };
    for (const problem of checkSlot({ ...rule, required: false }, content, { publicOrigin: '', partnerHosts: [] }))
      this.slotError(problem.code, raw, `The suggested text does not fit: ${problem.message}`, problem.wayOut);
    return rule;
  }

  private slotError(code: string, raw: RawSlot, message: string, wayOut: string): void {
    const at = this.slotPlaces.find(({ name }) => name === raw.name);
    this.report.error(code, at?.place ?? null, message, wayOut);
  }

  /** Every token must be seen by the parser, and stand where its type may. */
  private checkPlaces(html: string): void {
    const { pattern } = this.tokens;
    const inBytes = html.match(pattern)?.length ?? 0;
    const contexts = findContexts(html, pattern);
    if (contexts.length !== inBytes)
      this.report.error(
        'field-hidden',
        null,
        'A field stands where no parser can see it.',
        'Move it into text, an attribute or a style.',
      );
    for (const at of contexts) {
      const marker = this.tokens.markerOf(at.token);
      if (marker !== undefined) {
        if (at.kind !== 'text' && at.kind !== 'comment')
          this.report.error(
            'when-place',
            this.report.placeOf(at.token),
            `A condition stands in ${placeName(at)}.`,
            'Put it around text, or use <tc-when> around a section.',
          );
        continue;
      }
      const hole = this.tokens.holes[this.tokens.holeNumber(at.token) ?? -1];
      if (hole !== undefined && !mayStand(hole.type, at))
        this.report.error(
          'field-place',
          this.report.placeOf(hole.path),
          `{{${hole.path}}} stands in ${placeName(at)}, where no ${hole.type} may.`,
          PLACES[hole.type],
        );
    }
  }

  private assemble(
    { html, text }: { html: string; text: string },
    subject: string,
    preheader: string,
    slots: readonly SlotRule[],
    images: readonly string[],
  ): Compiled {
    const { kind, locale } = this.input;
    const { holes } = this.tokens;
    const programs = this.cut(html, text, subject, preheader);
    if (programs === null) return this.failed();
    const locks = this.locks(programs.html);
    const sizes = holes.map((hole) => maxBytes(hole, slots));
    const worst = worstCaseBytes(programs.html, (hole) => sizes[hole] ?? 0);
    checkQuality(kind, html, programs.html, holes, worst, this.report);
    if (this.report.failed) return this.failed();
    const content = {
      kind,
      locale,
      holes: holes.map(({ path, type, stage, maxChars, fallback }) => ({ path, type, stage, maxChars, fallback })),
      slots,
      locks,
    };
    const root = digest(
      JSON.stringify([content, ...Object.values(programs).map((program) => canonical(program, holes))]),
    );
    const master: Master = {
      ...content,
      direction: directionOf(locale),
      ...programs,
      links: [...this.context.usedLinks, ...(kind === 'email' ? [DECOY_LINK] : [])].sort(),
      needs: { images, logos: unique(this.findings.logos) },
      worstCaseBytes: worst,
      root,
    };
    return { ok: true, master, warnings: this.problems, ...this.used };
  }

  private cut(
    html: string,
    text: string,
    subject: string,
    preheader: string,
  ): Pick<Master, 'html' | 'text' | 'subject' | 'preheader'> | null {
    try {
      return {
        html: cutProgram(html, this.tokens),
        text: cutProgram(text, this.tokens),
        subject: cutProgram(subject, this.tokens),
        preheader: cutProgram(preheader, this.tokens),
      };
    } catch (error) {
      this.report.error(
        'block-overlap',
        null,
        `Conditions or locks overlap: ${error instanceof Error ? error.message : ''}`,
        'Close them in the element in which they were opened.',
      );
      return null;
    }
  }

  private locks(program: Program): Lock[] {
    const locks: Lock[] = [];
    for (const { node, conditional } of walkProgram(program)) {
      if (typeof node === 'string' || !isLock(node)) continue;
      if (conditional)
        this.report.error(
          'lock-conditional',
          this.report.placeOf(`lock.${node.lock}`),
          `The lock “${node.lock}” stands within a condition.`,
          'Everybody must get it: move it out.',
        );
      if (locks.some(({ name }) => name === node.lock))
        this.report.error(
          'lock-twice',
          this.report.placeOf(`lock.${node.lock}`),
          `The lock “${node.lock}” stands twice.`,
          'Give the second another name.',
        );
      locks.push({ name: node.lock, hash: programHash(node.body, this.tokens.holes) });
    }
    for (const name of this.input.requiredLocks) {
      if (this.input.kind === 'email' && !locks.some((lock) => lock.name === name))
        this.report.error(
          'lock-missing',
          null,
          `The lock “${name}” that campaign.yaml requires is missing.`,
          `Add <tc-lock name="${name}">…</tc-lock>.`,
        );
    }
    return locks;
  }

  private get problems(): SourceProblem[] {
    return [...this.report.problems, ...this.catalogueReport.problems];
  }

  private get used(): { usedKeys: string[]; usedLinks: string[] } {
    return { usedKeys: [...this.context.usedKeys], usedLinks: [...this.context.usedLinks] };
  }

  private failed(): Compiled {
    return { ok: false, problems: this.problems, ...this.used };
  }
}

const PLACES: Readonly<Record<Hole['type'], string>> = {
  text: 'Put it into text, alt or title.',
  slot: 'Slots stand in columns or text.',
  colour: 'Put it into a colour attribute or a colour property.',
  image: 'Pictures stand in src or background-url.',
  url: 'Write it as the whole href of a link.',
  tracked: 'Write it as the whole href of a link or button.',
  form: 'Use <tc-form>.',
  phone: 'Write href="tel:{{partner.contact.phoneE164}}".',
  email: 'Put it into text, or write href="mailto:{{partner.contact.email}}".',
};

const offsetOfLine = (text: string, line: number): number => {
  let offset = 0;
  for (let at = 1; at < line; at++) offset = text.indexOf('\n', offset) + 1 || offset;
  return offset;
};

const unique = <T>(items: readonly T[]): T[] => [
  ...new Map(items.map((item) => [JSON.stringify(item), item])).values(),
];

/** Language, direction, title and preheader belong to the locale, not to the source. */
function frameEmail(source: string, locale: Locale, subject: string, preheader: string): string {
  const opened = source.replace(/<mjml\b[^>]*>/, `<mjml lang="${locale}" dir="${directionOf(locale)}">`);
  const head = `${/<mj-title\b/.test(opened) ? '' : `<mj-title>${subject}</mj-title>`}${preheader === '' || /<mj-preview\b/.test(opened) ? '' : `<mj-preview>${preheader}</mj-preview>`}`;
  if (/<mj-head\b[^>]*>/.test(opened)) return opened.replace(/<mj-head\b[^>]*>/, (tag) => `${tag}${head}`);
  return opened.replace(/<mjml\b[^>]*>/, (tag) => `${tag}<mj-head>${head}</mj-head>`);
}

function maxBytes(hole: Hole, slots: readonly SlotRule[]): number {
  // Escaping makes at most six bytes of one; other scripts need at most four.
  if (hole.type === 'slot') return (slots.find(({ name }) => hole.path === `slot.${name}`)?.maxChars ?? 0) * 4;
  return hole.type === 'text' ? hole.maxChars * 3 : hole.maxChars;
}
