import type { TemplateType } from '#contracts';
import { directionOf, type Locale, type SourceProblem } from '#kernel';
import { withBlockNumbers } from '#template-source';
import { checkMarkup, type SlotPosition } from './allow-list.js';
import type { Findings } from './findings.js';
import { checkFieldPlaces } from './field-places.js';
import { checkLoading } from './loading-check.js';
import { atEndOfBody, withDecoy } from './decoy.js';
import { BUILT_IN_LINKS, DECOY_LINK, LEGAL_LINKS } from './fields.js';
import { type FormRule, hasForm } from './form.js';
import { missingLegalLinks } from './legal-links.js';
import { checkQuality, checkScreens } from './gates.js';
import { checkGreetingCase } from './greeting-case.js';
import { locksOf } from './lock-rules.js';
import type { Hole, Master } from './master.js';
import { directionDefaults, mirrored } from './mirror.js';
import { runMjml } from './mjml.js';
import { framePage } from './page.js';
import { replacePictures } from './pictures.js';
import { withPhoneConditions } from './phone-links.js';
import { plainText } from './plain-text.js';
import { type SourcePosition, SourceReport } from './position.js';
import { type ColourPair, colourPairs } from './readability.js';
import { isRisky } from './brand-contrast.js';
import { contrast } from './contrast.js';
import { BlockOverlap, canonical, cutProgram, worstCaseBytes } from './program.js';
import { screenStyles, shownFields } from './screens.js';
import type { SlotRule } from './slot.js';
import { slotRules } from './slot-rules.js';
import { type Expanded, expandTemplate, type TemplateContext } from './template.js';
import { digest, Tokens } from './tokens.js';

/**
 * One template in one locale, and the names that it may use. Plain data for a
 * subprocess.
 */
export interface MasterInput {
  readonly kind: TemplateType;
  /** Path in the package, for problems. */
  readonly file: string;
  readonly source: string;
  readonly locale: Locale;
  readonly catalogueFile: string;
  /**
   * null if the catalogue cannot be read: the source is checked, but never
   * becomes a master.
   */
  readonly catalogue: Readonly<Record<string, string>> | null;
  readonly catalogueLines?: Readonly<Record<string, number>>;
  /**
   * Names of declared links, without the built-in ones. null if unknown: then
   * every name counts as declared.
   */
  readonly links: readonly string[] | null;
  /** Paths of the package's pictures. */
  readonly images: readonly string[];
  readonly requiredLocks: readonly string[];
  /** Texts with fields: subject line or page title, and preheader. */
  readonly subject: string;
  readonly preheader: string;
  /** Their positions in the catalogue. */
  readonly subjectPlace?: SourcePosition;
  readonly preheaderPlace?: SourcePosition;
  readonly form: FormRule | null;
}

export type Compiled =
  | {
      readonly ok: true;
      readonly master: Master;
      readonly warnings: readonly SourceProblem[];
      /** Positions of its slots in the source. */
      readonly slotPlaces: readonly SlotPosition[];
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

/**
 * Compiles in this process. See `compileMaster`, which does it in a subprocess
 * with limits.
 */
export async function compileTemplate(input: MasterInput): Promise<Compiled> {
  return new Compilation(input).run();
}

/**
 * An e-mail or page for the canvas of the editor: its blocks have classes
 * (`blockClass`), and mistakes do not prevent it. It is shown to its author and
 * never published: nothing else calls this.
 */
export async function compileCanvas(input: MasterInput): Promise<Compiled> {
  return new Compilation({ ...input, source: withBlockNumbers(input.source) }, true).run();
}

class Compilation {
  private readonly report: SourceReport;
  private readonly catalogueReport: SourceReport;
  private readonly tokens: Tokens;
  private readonly context: TemplateContext;
  private readonly findings: Findings = { slots: [], logos: [], problems: [], rendered: [] };

  constructor(
    private readonly input: MasterInput,
    private readonly isForCanvas = false,
  ) {
    this.report = new SourceReport(input.file, input.source);
    this.catalogueReport = new SourceReport(input.catalogueFile, '');
    this.tokens = new Tokens(textsOf(input));
    this.context = {
      tokens: this.tokens,
      catalogue: input.catalogue,
      catalogueReport: this.catalogueReport,
      catalogueLines: input.catalogueLines ?? {},
      links: input.links === null ? null : new Set([...input.links, ...BUILT_IN_LINKS]),
      usedKeys: new Set(),
      usedLinks: new Set(),
    };
  }

  /**
   * Every check runs on the results of the checks before it, so that one kind
   * of mistake does not hide others.
   */
  async run(): Promise<Compiled> {
    if (!this.fits()) return this.failed();
    const { input, report, context, tokens } = this;
    const expanded = expandTemplate(input.source, report, context);
    const subject = this.line(input.subject, input.subjectPlace);
    const preheader = this.line(input.preheader, input.preheaderPlace);
    const slotPlaces = checkMarkup(input.kind, expanded, report);
    const pictures = replacePictures(expanded, input.images, tokens, report);
    const html = await this.toHtml({ ...expanded, source: pictures.source }, subject, preheader);
    const slots = slotRules(this.findings.slots, slotPlaces, tokens, report);
    if (html === null) return this.failed();
    const whole = withPhoneConditions(input.kind === 'email' ? withDecoy(html, tokens) : html, tokens);
    // Half of the time, for problems that the canvas does not show.
    const pairs = this.isForCanvas ? [] : this.pairs(html, slots);
    if (!this.isForCanvas) this.check(whole, pairs, expanded, pictures.reported);
    const text = input.kind === 'email' ? plainText(html, tokens.tokensOf('partner.contact.phone')) : '';
    const programs = this.cut({ html: whole, text, subject, preheader });
    return programs === null ? this.failed() : this.assemble(programs, slots, pictures.used, pairs, slotPlaces);
  }

  private check(
    html: string,
    pairs: readonly ColourPair[],
    expanded: Expanded,
    reported: ReturnType<typeof replacePictures>['reported'],
  ): void {
    const placeOf = this.placeIn(expanded);
    const { rendered } = this.findings;
    checkFieldPlaces({ html, rendered, placeOf }, this.tokens, this.report);
    checkLoading({ html, rendered, placeOf, reported }, this.tokens, this.report);
    if (this.input.kind === 'email') checkScreens(shownFields(html, this.tokens), this.report);
    this.adviseOnContrast(pairs, expanded);
  }

  private adviseOnContrast(pairs: readonly ColourPair[], expanded: Expanded): void {
    for (const pair of pairs) {
      const { text, colour, surface, needed } = pair;
      const at = expanded.source.search(firstWords(text));
      const place = at === -1 ? this.report.recordedPosition('body') : expanded.toSource(at);
      if (isOfBrand(pair)) {
        if (isRisky(pair))
          this.report.warning(
            'brand-pair',
            place,
            `Text in ${inkName(colour)} on ${inkName(surface)} is not readable in every partner’s colours. Partners with such colours cannot launch.`,
            'Write {{brand.onPrimary}} on {{brand.primary}}, {{brand.onSecondary}} on {{brand.secondary}}, and {{brand.link}} or a colour of your own on your own background.',
          );
        continue;
      }
      const ratio = contrast(colour, surface);
      if (ratio < needed)
        this.report.warning(
          'contrast-low',
          place,
          `Text in ${colour} on ${surface} has a contrast of ${ratio.toFixed(1)}; the minimum is ${needed}.`,
          'Choose a darker or lighter colour for one of the two.',
        );
    }
  }

  private pairs(html: string, slots: readonly SlotRule[]): ColourPair[] {
    const { holes } = this.tokens;
    const pathOf = (token: string): string => holes[this.tokens.holeNumber(token) ?? -1]?.path ?? '';
    const linked = new Set(slots.flatMap(({ name, links }) => (links === 'partner' ? [`slot.${name}`] : [])));
    return colourPairs(html, {
      fieldOf: (colour) => pathOf(colour) || null,
      allowsLinks: (text) => [...text.matchAll(this.tokens.pattern)].some(([token]) => linked.has(pathOf(token))),
    });
  }

  /** A text of the compiled HTML with field names instead of tokens. */
  private withFieldNames(text: string): string {
    const { holes } = this.tokens;
    const words = text
      .replace(this.tokens.pattern, (token) => {
        const hole = holes[this.tokens.holeNumber(token) ?? -1];
        return hole === undefined ? ' ' : `{{${hole.path}}}`;
      })
      .replace(/\s+/g, ' ')
      .trim();
    return words.length <= MAX_SAMPLE_CHARS ? words : `${words.slice(0, MAX_SAMPLE_CHARS - 1).trimEnd()}…`;
  }

  /**
   * The catalogue's line for texts that are not in the source: subject and
   * preheader.
   */
  private line(text: string, place: SourcePosition | undefined): string {
    return expandTemplate(text, this.catalogueReport, this.context, place ?? { line: 1, column: 1 }).source;
  }

  private fits(): boolean {
    const { source } = this.input;
    if (source.length > MAX_SOURCE_CHARS)
      this.report.error(
        'source-too-large',
        0,
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

  /** The author's position of a tag on a line of the expanded source. */
  private placeIn(expanded: Expanded): (line: number, tag: string) => SourcePosition {
    return (line, tag) => {
      const from = offsetOfLine(expanded.source, line);
      const at = expanded.source.indexOf(`<${tag}`, from);
      return this.report.positionAt(expanded.toSource(at === -1 ? from : at));
    };
  }

  private async toHtml(expanded: Expanded, subject: string, preheader: string): Promise<string | null> {
    const { locale, kind, form } = this.input;
    const placeOf = this.placeIn(expanded);
    for (const name of LEGAL_LINKS) this.context.usedLinks.add(name);
    if (kind === 'email') {
      const framed = frameEmail(expanded.source, locale, subject, preheader);
      const whole = await runMjml(framed, this.tokens, this.findings, locale, this.report, placeOf, this.isForCanvas);
      return whole === null ? null : atEndOfBody(whole, missingLegalLinks(kind, locale, whole, this.tokens));
    }
    const html = framePage(
      mirrored(expanded.source, locale),
      {
        language: locale,
        direction: directionOf(locale),
        title: subject,
        form,
        isForCanvas: this.isForCanvas,
      },
      this.tokens,
      this.findings,
    );
    for (const { code, line, tag, message, remedy } of this.findings.problems)
      this.report.error(code, placeOf(line, tag), message, remedy);
    if (form !== null && !hasForm(html))
      this.report.warning(
        'form-missing',
        this.report.recordedPosition('body'),
        'The page does not have the form that campaign.yaml describes, so it brings no leads.',
        'Write <tc-form></tc-form> where it belongs, or remove form from the page in campaign.yaml.',
      );
    return html;
  }

  private assemble(
    programs: Programs,
    slots: readonly SlotRule[],
    images: readonly string[],
    pairs: readonly ColourPair[],
    slotPlaces: readonly SlotPosition[],
  ): Compiled {
    const { kind, locale, requiredLocks } = this.input;
    const { holes } = this.tokens;
    const locks = locksOf(programs.html, holes, kind === 'email' ? requiredLocks : [], this.report);
    const sizes = holes.map((hole) => maxBytes(hole, slots));
    const worst = worstCaseBytes(programs.html, (hole) => sizes[hole] ?? 0);
    checkQuality(kind, programs.html, holes, worst, this.report, this.catalogueReport);
    // An unreadable catalogue gives placeholders.
    if (this.input.catalogue !== null) checkGreetingCase(locale, programs.text, holes, this.report);
    if (!this.isForCanvas && this.problems.some(({ severity }) => severity === 'error')) return this.failed();
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
      colourPairs: pairs.filter(isOfBrand).map((pair) => ({ ...pair, text: this.withFieldNames(pair.text) })),
      needs: { images, logos: unique(this.findings.logos) },
      worstCaseBytes: worst,
      root,
    };
    return { ok: true, master, warnings: this.problems, slotPlaces, ...this.used };
  }

  /**
   * @returns null if conditions or locks overlap. Refused markup can cause
   *   that.
   */
  private cut({ html, text, subject, preheader }: Readonly<Record<keyof Programs, string>>): Programs | null {
    try {
      return {
        html: cutProgram(html, this.tokens),
        text: cutProgram(text, this.tokens),
        subject: cutProgram(subject, this.tokens),
        preheader: cutProgram(preheader, this.tokens),
      };
    } catch (error) {
      if (!(error instanceof BlockOverlap)) throw error;
      if (!this.report.failed)
        this.report.error(
          'block-overlap',
          this.report.recordedPosition(error.token) ?? this.report.recordedPosition('body'),
          `Conditions or locks overlap: ${error.message}`,
          'Close them in the element in which they were opened.',
        );
      return null;
    }
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

/** All that an author wrote: no token of it may stand in it. */
const textsOf = ({ source, catalogue, subject, preheader, form }: MasterInput): string =>
  JSON.stringify([source, catalogue, subject, preheader, form]);

type Programs = Pick<Master, 'html' | 'text' | 'subject' | 'preheader'>;

const offsetOfLine = (text: string, line: number): number => {
  let offset = 0;
  for (let at = 1; at < line; at++) offset = text.indexOf('\n', offset) + 1 || offset;
  return offset;
};

const isOfBrand = ({ colour, surface }: ColourPair): boolean =>
  colour.startsWith('brand.') || surface.startsWith('brand.');
const inkName = (ink: string): string => (ink.startsWith('brand.') ? `{{${ink}}}` : ink);
/** Maximum length of a quoted text in a problem. */
const MAX_SAMPLE_CHARS = 60;

/** Number of words used to find a text in the source. */
const SEARCH_WORDS = 5;

/** Matches the beginning of a text, with any line breaks and escapes. */
const firstWords = (text: string): RegExp =>
  new RegExp(
    text
      .split(/\s+/)
      .slice(0, SEARCH_WORDS)
      .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/[&<>"']/g, '(?:$&|&[#\\w]+;)'))
      .join('\\s+'),
  );

const unique = <T>(items: readonly T[]): T[] => [
  ...new Map(items.map((item) => [JSON.stringify(item), item])).values(),
];

/** Whether the source has styles for dark mode. */
const DARK_STYLES = /prefers-color-scheme\s*:\s*dark/i;

/**
 * Declares the supported colour schemes, so that mail clients do not invert
 * colours without need. Apple Mail reads `color-scheme`, older clients
 * `supported-color-schemes`.
 */
function colourSchemes(source: string): string {
  const schemes = DARK_STYLES.test(source) ? 'light dark' : 'light';
  const meta = ['color-scheme', 'supported-color-schemes'].map((name) => `<meta name="${name}" content="${schemes}">`);
  return `<mj-raw>${meta.join('')}</mj-raw>`;
}

/**
 * Language, direction, title and preheader come from the locale, not from the
 * source.
 */
function frameEmail(source: string, locale: Locale, subject: string, preheader: string): string {
  const opened = mirrored(source, locale).replace(
    /<mjml\b[^<>]*>/,
    `<mjml lang="${locale}" dir="${directionOf(locale)}">`,
  );
  const head = `${colourSchemes(source)}${screenStyles(source)}${directionDefaults(locale)}${/<mj-title\b/.test(opened) ? '' : `<mj-title>${subject}</mj-title>`}${preheader === '' || /<mj-preview\b/.test(opened) ? '' : `<mj-preview>${preheader}</mj-preview>`}`;
  if (/<mj-head\b[^<>]*>/.test(opened)) return opened.replace(/<mj-head\b[^<>]*>/, (tag) => `${tag}${head}`);
  return opened.replace(/<mjml\b[^<>]*>/, (tag) => `${tag}<mj-head>${head}</mj-head>`);
}

function maxBytes(hole: Hole, slots: readonly SlotRule[]): number {
  // Escaping makes at most six bytes of one. Other scripts need at most four.
  if (hole.type === 'slot') return (slots.find(({ name }) => hole.path === `slot.${name}`)?.maxChars ?? 0) * 4;
  return hole.type === 'text' ? hole.maxChars * 3 : hole.maxChars;
}
