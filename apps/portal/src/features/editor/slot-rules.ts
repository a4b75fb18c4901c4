import { isMap } from 'yaml';
import { attribute, withAttribute } from './tag-attributes';
import { changeYaml, readYaml } from './yaml-file';

/**
 * What a partner can write into a slot.
 * The same for every use in the campaign.
 */
export interface SlotRule {
  readonly name: string;
  readonly label: string;
  /**
   * Label by locale, if `campaign.yaml` has it; null if it comes from a
   * template or the catalogues.
   */
  readonly labels: Readonly<Record<string, string>> | null;
  readonly maxChars: number;
  readonly maxLines: number;
  readonly required: boolean;
  /** Files that declare it. */
  readonly files: readonly string[];
}

export type SlotLimits = Pick<SlotRule, 'maxChars' | 'maxLines' | 'required'>;
type Files = Readonly<Record<string, string>>;

/** Defaults of the compiler (docs/authoring-language.md). */
const TAG_DEFAULTS = { maxChars: 280, maxLines: 6 };
const TAG = /<!--[\s\S]*?(?:-->|$)|<tc-slot\b((?:[^<>"']|"[^"<]*"|'[^'<]*')*)>/g;
const TEMPLATE = /\.(?:mjml|html)$/;
const CAMPAIGN = 'campaign.yaml';
const CATALOGUE = /^locales\/[^/]+\.yaml$/;

/** Slots of a campaign by name, from its templates and from `campaign.yaml`. */
export function slotRules(files: Files): SlotRule[] {
  const rules = new Map<string, SlotRule>();
  const add = (rule: SlotRule): void => {
    const known = rules.get(rule.name);
    if (known === undefined) rules.set(rule.name, rule);
    else if (!known.files.includes(rule.files[0] ?? ''))
      rules.set(rule.name, { ...known, labels: known.labels ?? rule.labels, files: [...known.files, ...rule.files] });
  };
  for (const [file, text] of Object.entries(files)) if (TEMPLATE.test(file)) tagRules(file, text, files).forEach(add);
  declaredRules(files).forEach(add);
  return [...rules.values()];
}

/**
 * Changes the limits of a slot in every declaration.
 * @returns the changed files.
 */
export function writeLimits(files: Files, { name, files: places }: SlotRule, limits: SlotLimits): Files {
  return Object.fromEntries(
    places.map((file) => {
      const text = files[file] ?? '';
      return [file, file === CAMPAIGN ? declareLimits(text, name, limits) : tagLimits(text, name, limits)];
    }),
  );
}

function tagRules(file: string, text: string, files: Files): SlotRule[] {
  return [...text.matchAll(TAG)].flatMap(([, attributes]) => {
    const name = attributes === undefined ? undefined : attribute(attributes, 'name');
    if (attributes === undefined || name === undefined) return [];
    return [
      {
        name,
        label: labelOf(attribute(attributes, 'label'), files) ?? name,
        labels: null,
        maxChars: Number(attribute(attributes, 'max-chars') ?? TAG_DEFAULTS.maxChars),
        maxLines: Number(attribute(attributes, 'max-lines') ?? TAG_DEFAULTS.maxLines),
        required: attribute(attributes, 'required') === 'true',
        files: [file],
      },
    ];
  });
}

/** The displayed label: `{{t "slots.offer"}}` is looked up in the catalogue. */
function labelOf(written: string | undefined, files: Files): string | undefined {
  const [, key] = /^\{\{\s*t\s+["']([^"']+)["']\s*\}\}$/.exec(written?.trim() ?? '') ?? [];
  return key === undefined ? written : copyOf(key, files);
}

/**
 * A text in the campaign's language, else from the first catalogue that has it.
 */
function copyOf(key: string, files: Files): string | undefined {
  const campaign = readYaml(files['campaign.yaml'] ?? '');
  const own = campaign.ok ? `locales/${String(campaign.document.getIn(['locales', 0]))}.yaml` : '';
  const paths = Object.keys(files).filter((path) => CATALOGUE.test(path));
  for (const path of [...paths.filter((path) => path === own), ...paths.filter((path) => path !== own)]) {
    const file = readYaml(files[path] ?? '');
    const copy = file.ok ? file.document.getIn(key.split('.')) : undefined;
    if (typeof copy === 'string') return copy;
  }
  return undefined;
}

function tagLimits(text: string, name: string, { maxChars, maxLines, required }: SlotLimits): string {
  return text.replaceAll(TAG, (tag: string, attributes: string | undefined) => {
    if (attributes === undefined || attribute(attributes, 'name') !== name) return tag;
    const limited = withAttribute(withAttribute(attributes, 'max-chars', `${maxChars}`), 'max-lines', `${maxLines}`);
    const isSaid = attribute(attributes, 'required') !== undefined;
    return `<tc-slot${required || isSaid ? withAttribute(limited, 'required', `${required}`) : limited}>`;
  });
}

function declaredRules(files: Files): SlotRule[] {
  const file = readYaml(files[CAMPAIGN] ?? '');
  const slots = file.ok ? file.document.get('slots') : undefined;
  if (!isMap(slots)) return [];
  const declared = slots.toJSON() as Record<string, DeclaredSlot | null>;
  return Object.entries(declared).map(([name, rule]) => ({
    name,
    label: (typeof rule?.label === 'string' ? copyOf(rule.label, files) : Object.values(rule?.label ?? {})[0]) ?? name,
    labels: typeof rule?.label === 'object' ? rule.label : null,
    maxChars: rule?.maxChars ?? TAG_DEFAULTS.maxChars,
    maxLines: rule?.maxLines ?? 1,
    required: rule?.required ?? false,
    files: [CAMPAIGN],
  }));
}

interface DeclaredSlot {
  readonly label?: string | Readonly<Record<string, string>>;
  readonly maxChars?: number;
  readonly maxLines?: number;
  readonly required?: boolean;
}

const declareLimits = (text: string, name: string, { maxChars, maxLines, required }: SlotLimits): string =>
  changeYaml(text, (document) => {
    document.setIn(['slots', name, 'maxChars'], maxChars);
    document.setIn(['slots', name, 'maxLines'], maxLines);
    if (required || document.hasIn(['slots', name, 'required'])) document.setIn(['slots', name, 'required'], required);
  });

/** `campaign.yaml` with a changed label of a slot in one language. */
export const writeLabel = (campaign: string, name: string, locale: string, words: string): string =>
  changeYaml(campaign, (document) => document.setIn(['slots', name, 'label', locale], words));

/**
 * `campaign.yaml` with a new slot description.
 * Partners read the slot's name until it gets a label.
 */
export const declareSlot = (campaign: string, name: string, locales: readonly string[]): string =>
  changeYaml(campaign, (document) => {
    const words = name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
    const label = Object.fromEntries(locales.map((tag) => [tag, words]));
    document.setIn(['slots', name], document.createNode({ label, maxChars: 120, maxLines: 3 }, { flow: true }));
  });
