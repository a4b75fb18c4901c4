import { createHash } from 'node:crypto';
import type { Locale } from '#kernel';
import { type BrandColours, contrastProblems } from './brand-contrast.js';
import { type Hole, isHole, isLock, isOfDetail, isOfPartner, isWhen, type Master, type Program } from './master.js';
import { checkSlot, encodeSlot, type SlotFormat, type SlotNodes, slotText } from './slot.js';
import { digest } from './tokens.js';
import { type Encoded, encodeValue, type UrlPolicy, type ValueProblem } from './values.js';

/** All values of a partner for one master. */
export interface PartnerValues {
  readonly brand: BrandColours;
  readonly partner: {
    readonly name: string;
    readonly legalName: string;
    /**
     * Register, directors, tax number. Empty or missing if no law requires it.
     */
    readonly legalLine?: string;
    readonly address: string;
    readonly website: string;
    readonly contact: {
      readonly name: string;
      readonly title: string;
      readonly phone: string;
      /** With the country code, as links dial it; absent: the digits of `phone`. */
      readonly phoneE164?: string;
      readonly email: string;
    };
  };
  /** `light.w180h60` → URL of a picture of exactly that size. */
  readonly logos: Readonly<Record<string, string>>;
  /** Path in the package → URL. */
  readonly assets: Readonly<Record<string, string>>;
  /** The partner's texts; of a picture, its URL. A slot without one keeps its default text. */
  readonly slots: Readonly<Record<string, SlotNodes>>;
  /** URL that the page's form posts to; null for e-mails. */
  readonly formAction: string | null;
}

/**
 * A master with the partner's values. Only the recipient's values are missing.
 * Plain JSON.
 */
export interface BakedMaster {
  readonly kind: Master['kind'];
  readonly locale: Locale;
  readonly direction: Master['direction'];
  /** The master's holes, with the same numbers. */
  readonly holes: readonly Hole[];
  readonly html: Program;
  readonly text: Program;
  readonly subject: Program;
  readonly preheader: Program;
  readonly links: readonly string[];
  /** `Master.root` of the master it was baked from. */
  readonly root: string;
  readonly programHash: string;
  readonly valuesHash: string;
  /** Encoded values by path, as in the bytes. A verifier pins them. */
  readonly values: Readonly<Record<string, string>>;
}

export type Baked =
  | { readonly ok: true; readonly baked: BakedMaster }
  | { readonly ok: false; readonly problems: readonly ValueProblem[] };

/**
 * Brand stage: checks every partner value for its hole, encodes it, and inserts
 * it into the bytes. A partner's value is never parsed as MJML or template.
 * Returns all problems at once.
 */
export function bake(master: Master, values: PartnerValues, policy: UrlPolicy): Baked {
  const problems: ValueProblem[] = contrastProblems(master, values.brand);
  const encoded = new Map<number, Encoded>();
  for (const [number, hole] of master.holes.entries()) {
    if (hole.stage !== 'brand') continue;
    const result =
      hole.type === 'slot' ? encodeSlotHole(master, hole, values, policy) : encodeHole(hole, values, policy);
    if (Array.isArray(result)) problems.push(...result);
    else encoded.set(number, result);
  }
  if (problems.length > 0) return { ok: false, problems: uniqueProblems(problems) };
  return { ok: true, baked: assemble(master, encoded) };
}

function assemble(master: Master, encoded: ReadonlyMap<number, Encoded>): BakedMaster {
  const answers = new Map([...encoded].map(([number, { text }]) => [master.holes[number]?.path ?? '', text]));
  const filled = (program: Program, form: keyof Encoded): Program => merge(decided(program, answers), encoded, form);
  const html = filled(master.html, 'html');
  const text = filled(master.text, 'text');
  const subject = filled(master.subject, 'text');
  const preheader = filled(master.preheader, 'text');
  const values = Object.fromEntries(
    [...encoded].map(([number, value]) => [master.holes[number]?.path ?? '', value.html]),
  );
  return {
    kind: master.kind,
    locale: master.locale,
    direction: master.direction,
    holes: master.holes,
    html,
    text,
    subject,
    preheader,
    links: master.links,
    root: master.root,
    programHash: bytesHash([html, text, subject, preheader]),
    valuesHash: digest(JSON.stringify(Object.entries(values).sort(([a], [b]) => a.localeCompare(b, 'en')))),
    values,
  };
}

/**
 * SHA-256 of baked programs. Every part includes its length, so that two
 * programs never have the same input.
 */
function bytesHash(programs: readonly Program[]): string {
  const hash = createHash('sha256');
  const add = (program: Program): void => {
    hash.update(`${program.length}[`);
    for (const node of program) {
      if (typeof node === 'string') hash.update(`${node.length}"`).update(node);
      else if (isHole(node)) hash.update(`#${node.hole}`);
      else if (isWhen(node)) {
        hash.update(JSON.stringify(node.when));
        add(node.body);
        add(node.otherwise);
      }
    }
  };
  programs.forEach(add);
  return hash.digest('hex');
}

function encodeSlotHole(
  master: Master,
  hole: Hole,
  values: PartnerValues,
  policy: UrlPolicy,
): Encoded | ValueProblem[] {
  const name = hole.path.slice('slot.'.length);
  const rule = master.slots.find((slot) => slot.name === name);
  if (rule === undefined)
    return [
      {
        code: 'slot-unknown',
        path: hole.path,
        message: `There is no slot “${name}”.`,
        remedy: 'Ask the vendor for a new version.',
      },
    ];
  const nodes = values.slots[name] ?? rule.default;
  const problems = checkSlot(rule, nodes, policy);
  return problems.length > 0 ? problems : encodeSlot(nodes);
}

function encodeHole(hole: Hole, values: PartnerValues, policy: UrlPolicy): Encoded | ValueProblem[] {
  const value = partnerValue(hole.path, values) ?? hole.fallback;
  if (value === '' && hole.fallback === '') return { html: '', text: '' };
  const checked = encodeValue(hole, value, policy);
  return checked.ok ? checked.value : [checked.problem];
}

function partnerValue(path: string, values: PartnerValues): unknown {
  const { brand, partner, logos, assets, slots, formAction } = values;
  if (path.startsWith('slot.')) return slotText(slots[path.slice('slot.'.length)] ?? NO_TEXT);
  if (path.startsWith('asset.')) return assets[path.slice('asset.'.length)];
  if (path.startsWith('partner.logo.')) return logos[path.slice('partner.logo.'.length)];
  switch (path) {
    case 'form.action':
      return formAction;
    case 'page.url':
      return formAction?.replace(/\/form$/, '');
    case 'partner.name':
    case 'partner.legalName':
    case 'partner.legalLine':
    case 'partner.address':
    case 'partner.website':
      return partner[path.slice('partner.'.length) as 'name'];
    case 'partner.contact.phoneE164':
      if (partner.contact.phoneE164 !== undefined) return partner.contact.phoneE164;
      if (partner.contact.phone === '') return '';
      return `+${partner.contact.phone
        .replace(/\(0\)/g, '')
        .replace(/^\s*(?:\+|00)/, '')
        .replace(/\D/g, '')}`;
    case 'partner.contact.name':
    case 'partner.contact.title':
    case 'partner.contact.phone':
    case 'partner.contact.email':
      return partner.contact[path.slice('partner.contact.'.length) as 'name'];
    default:
      return path.startsWith('brand.') ? brand[path.slice('brand.'.length) as 'primary'] : undefined;
  }
}

/** What takes the place of something of the vendor's, if the partner has it. */
const isExchange = (format: SlotFormat): boolean => format === 'link' || format === 'picture';

const resolved = new WeakMap<Master, Map<string, Master>>();

/**
 * A master with the parts that the partner has chosen, as in its baked form, but
 * without its values. Cached for each master and choice, so that what is cached
 * for a master stays useful.
 * @param slots as in `PartnerValues`, before the defaults.
 */
export function masterOfPartner(master: Master, slots: PartnerValues['slots']): Master {
  const rules = master.slots.filter(({ format }) => format === 'choice' || isExchange(format));
  if (rules.length === 0) return master;
  const answers = new Map(
    rules.map(({ name, default: fallback }) => [`slot.${name}`, encodeSlot(slots[name] ?? fallback).text]),
  );
  // Conditions ask only whether there is an address or picture, not for which one.
  const key = JSON.stringify(
    rules.map(({ name, format }) => {
      const answer = answers.get(`slot.${name}`) ?? '';
      return isExchange(format) ? answer !== '' : answer;
    }),
  );
  const known = resolved.get(master) ?? new Map<string, Master>();
  resolved.set(master, known);
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = {
    ...master,
    html: decided(master.html, answers),
    text: decided(master.text, answers),
    subject: decided(master.subject, answers),
    preheader: decided(master.preheader, answers),
  };
  known.set(key, made);
  return made;
}

/**
 * The parts that the partner has chosen. What recipients decide stays, and what
 * follows from a detail of the partner that is unknown here.
 */
function decided(program: Program, answers: ReadonlyMap<string, string>): Program {
  return program.flatMap((node): Program => {
    if (typeof node === 'string' || isHole(node)) return [node];
    if (isLock(node)) return [{ ...node, body: decided(node.body, answers) }];
    const [body, otherwise] = [decided(node.body, answers), decided(node.otherwise, answers)];
    const isOpen = isOfDetail(node.when) && !Object.keys(node.when).every((path) => answers.has(path));
    if (isOpen || !isOfPartner(node.when)) return [{ ...node, body, otherwise }];
    const isMet = Object.entries(node.when).every(([path, values]) => values.includes(answers.get(path) ?? ''));
    return isMet ? body : otherwise;
  });
}

/**
 * Fills brand holes, replaces locks by their bytes, and joins adjacent texts.
 */
function merge(program: Program, encoded: ReadonlyMap<number, Encoded>, form: keyof Encoded): Program {
  const out: Program[number][] = [];
  const add = (node: Program[number]): void => {
    const last = out.at(-1);
    if (typeof node === 'string' && typeof last === 'string') out[out.length - 1] = last + node;
    else out.push(node);
  };
  for (const node of program) {
    if (typeof node === 'string') add(node);
    else if (isHole(node)) add(encoded.get(node.hole)?.[form] ?? node);
    else if (isLock(node)) merge(node.body, encoded, form).forEach(add);
    else
      add({ when: node.when, body: merge(node.body, encoded, form), otherwise: merge(node.otherwise, encoded, form) });
  }
  return out;
}

const NO_TEXT: SlotNodes = { kind: 'paragraphs', blocks: [] };

const uniqueProblems = (problems: readonly ValueProblem[]): ValueProblem[] => [
  ...new Map(problems.map((problem) => [`${problem.code} ${problem.path}`, problem])).values(),
];
