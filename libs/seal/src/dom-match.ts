import { type DefaultTreeAdapterTypes, parse, type ParserError } from 'parse5';
import type { PinnedValues } from './byte-match.js';
import { type Finding, findingOf } from './finding.js';
import { DomValues } from './dom-values.js';
import { OUTLOOK, outlookTokens } from './outlook-tokens.js';
import type { PreparedCopy } from './sealed-copy.js';
import { slotHtml } from './slot-nodes.js';
import { conditionsOf, HoleTokens } from './token-text.js';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;
type Comment = DefaultTreeAdapterTypes.CommentNode;

/** With more conditions, the caller must say which were true. */
const MAX_CONDITIONS = 8;

/**
 * Verifies HTML by its tree instead of its bytes, including Outlook's
 * conditional comments. Parses it like a browser, and compares it with the
 * master node by node. A hundred times slower: for publication and tests.
 * @param choices true conditions in canonical form; without them, every
 *   combination is tried.
 * @param pins known values of recipient holes, by path.
 * @returns null if it matches; else the first difference of the best
 *   combination.
 */
export function verifyDom(
  copy: PreparedCopy,
  html: string,
  choices?: ReadonlyMap<string, boolean>,
  pins: PinnedValues = new Map(),
): Finding | null {
  let furthest: TreeComparison | null = null;
  for (const way of choices === undefined ? choicesToTry(copy) : [choices]) {
    const lockstep = new TreeComparison(copy, html, way, pins);
    if (lockstep.run()) return null;
    if (furthest === null || lockstep.nodes > furthest.nodes) furthest = lockstep;
  }
  return furthest?.finding ?? null;
}

function* choicesToTry({ master }: PreparedCopy): Generator<ReadonlyMap<string, boolean>> {
  const conditions = conditionsOf(master.html);
  if (conditions.length > MAX_CONDITIONS)
    throw new RangeError('Too many conditions to try every combination: pass the true ones.');
  for (let way = 0; way < 1 << conditions.length; way++)
    yield new Map(conditions.map((condition, at) => [condition, (way & (1 << at)) === 0]));
}

class TreeComparison {
  /** Number of equal nodes. */
  nodes = 0;
  finding: Finding | null = null;
  private readonly tokens: HoleTokens;
  private readonly values: DomValues;
  private readonly expected: string;

  constructor(
    private readonly copy: PreparedCopy,
    private readonly html: string,
    choices: ReadonlyMap<string, boolean>,
    pins: PinnedValues,
  ) {
    this.tokens = new HoleTokens(copy.master.holes, html + JSON.stringify(copy.master.html));
    this.expected = this.tokens.toText(copy.master.html, choices);
    this.values = new DomValues(copy, pins);
  }

  run(): boolean {
    const [wanted, actual] = [read(this.expected), read(this.html)];
    if (wanted.errors !== actual.errors) return this.differs('parse errors', wanted.errors, actual.errors);
    return this.children(wanted.nodes, actual.nodes);
  }

  private children(wanted: readonly Node[], actual: readonly Node[]): boolean {
    let at = 0;
    for (const node of wanted) {
      const other = actual[at];
      if ('value' in node && (other === undefined || !('value' in other)) && this.text(node.value, '')) continue;
      if (other === undefined) return this.differs('node', nameOf(node), 'nothing');
      if (!this.node(node, other)) return false;
      at += 1;
    }
    const extra = actual[at];
    return extra === undefined || this.differs('node', 'nothing', nameOf(extra));
  }

  private node(wanted: Node, actual: Node): boolean {
    this.nodes += 1;
    if ('tagName' in wanted && 'tagName' in actual) return this.element(wanted, actual);
    if ('value' in wanted && 'value' in actual)
      return this.text(wanted.value, actual.value) || this.differs('text', wanted.value, actual.value);
    if ('data' in wanted && 'data' in actual) return this.comment(wanted, actual);
    if ('systemId' in wanted && 'systemId' in actual) {
      const same = ['name', 'publicId', 'systemId'].every((key) => wanted[key as 'name'] === actual[key as 'name']);
      return same || this.differs('document type', wanted.name, actual.name);
    }
    return this.differs('node', nameOf(wanted), nameOf(actual));
  }

  private element(wanted: Element, actual: Element): boolean {
    if (wanted.tagName !== actual.tagName || wanted.namespaceURI !== actual.namespaceURI)
      return this.differs('element', wanted.tagName, actual.tagName);
    if (!this.attributes(wanted, actual)) return false;
    const [only, ...others] = childrenOf(wanted);
    const slot = only !== undefined && others.length === 0 && 'value' in only ? this.tokens.slotIn(only.value) : null;
    if (slot === null) return this.children(childrenOf(wanted), childrenOf(actual));
    const html = slotHtml(actual.childNodes);
    return (
      (html !== null && this.values.slot(slot, html)) ||
      this.differs('slot', this.pathOf(slot), html ?? 'other elements')
    );
  }

  private attributes(wanted: Element, actual: Element): boolean {
    for (let at = 0; at < Math.max(wanted.attrs.length, actual.attrs.length); at++) {
      const [one, other] = [wanted.attrs[at], actual.attrs[at]];
      if (one?.name !== other?.name || one === undefined || other === undefined)
        return this.differs(`attribute of <${wanted.tagName}>`, one?.name ?? 'nothing', other?.name ?? 'nothing');
      if (!this.text(one.value, other.value))
        return this.differs(`${one.name} of <${wanted.tagName}>`, one.value, other.value);
    }
    return true;
  }

  private comment(wanted: Comment, actual: Comment): boolean {
    const [one, other] = [OUTLOOK.exec(wanted.data), OUTLOOK.exec(actual.data)];
    if (one === null || other === null)
      return wanted.data === actual.data || this.differs('comment', wanted.data, actual.data);
    if (one[1] !== other[1]) return this.differs('Outlook condition', one[1] ?? '', other[1] ?? '');
    const [tokens, others] = [outlookTokens(one[2] ?? ''), outlookTokens(other[2] ?? '')];
    for (let at = 0; at < Math.max(tokens.length, others.length); at++) {
      const [token = '', found = ''] = [tokens[at], others[at]];
      if (!this.text(token, found)) return this.differs('Outlook markup', token, found);
    }
    return true;
  }

  private text(wanted: string, actual: string): boolean {
    return wanted === actual || this.values.matches(this.tokens.fromText(wanted), actual);
  }

  private pathOf(hole: number): string {
    return this.copy.master.holes[hole]?.path ?? '';
  }

  private differs(what: string, expected: string, found: string): false {
    this.finding ??= findingOf('html', {
      code: 'tree-differs',
      expected: expected.slice(0, 120),
      found: found.slice(0, 120),
      message: `The tree of the copy has another ${what} than the master’s.`,
      remedy: 'Do not trust this copy: ask for the original, or send it again from the campaign.',
    });
    return false;
  }
}

function read(html: string): { nodes: readonly Node[]; errors: string } {
  const errors: string[] = [];
  const onParseError = ({ code }: ParserError): void => void errors.push(code);
  return { nodes: parse(html, { onParseError }).childNodes, errors: errors.join(' ') };
}

const childrenOf = (node: Element): readonly Node[] =>
  'content' in node ? (node as DefaultTreeAdapterTypes.Template).content.childNodes : node.childNodes;

const nameOf = (node: Node): string => ('tagName' in node ? `<${node.tagName}>` : node.nodeName);
