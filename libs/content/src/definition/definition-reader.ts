import type { z } from 'zod';
import { STEP_TYPE_NAMES } from '#contracts';
import type { SourceProblem } from '#kernel';
import { closest } from '#rendering';
import { type CampaignDefinition, campaignSchema } from './campaign-definition.js';
import { withoutInvalidParts } from './invalid-parts.js';
import { YamlSource } from './yaml-source.js';

const FILE = 'campaign.yaml';
const FORMAT_PAGE = 'docs/campaign-package.md lists every field';

/** `campaign.yaml` as read, with the position of every value. */
export interface ReadDefinition {
  readonly definition: CampaignDefinition;
  readonly source: YamlSource;
  /**
   * Invalid parts were removed, so that the rest can be checked. Never the base
   * of a campaign.
   */
  readonly partial: boolean;
}

/**
 * Reads `campaign.yaml`.
 * @returns every problem in it, and the usable part of the definition for
 *   further checks.
 */
export function readDefinition(bytes: Buffer): { read: ReadDefinition | null; problems: readonly SourceProblem[] } {
  const { source, problems } = YamlSource.read(FILE, bytes);
  if (source === null) return { read: null, problems };
  const parsed = campaignSchema.safeParse(source.value);
  if (parsed.success) return { read: { definition: parsed.data, source, partial: false }, problems };
  const definition = withoutInvalidParts(source.value, parsed.error.issues);
  return {
    read: definition === null ? null : { definition, source, partial: true },
    problems: parsed.error.issues.flatMap((issue) => explain(source, issue)),
  };
}

type Issue = z.core.$ZodIssue;

function explain(source: YamlSource, issue: Issue): SourceProblem[] {
  const name = issue.path.map(String).join('.');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownField(source, [...issue.path, key]));
    case 'invalid_key':
      return [
        problem(
          'name-invalid',
          source.keyPositionOf(issue.path),
          `"${String(issue.path.at(-1))}" cannot be used as a name here.`,
          `${said(issue.issues[0]?.message)} A text that contains a comma needs quotes.`,
        ),
      ];
    case 'invalid_union':
      // A discriminated union without its discriminator, or the only plain
      // union (a path, or a path per locale).
      return [
        problem('field-invalid', source.positionOf(issue.path), `${name} has an unknown format.`, `${FORMAT_PAGE}.`),
      ];
    case 'invalid_value':
      return [
        problem(
          'value-unknown',
          source.positionOf(issue.path),
          `${name} has an unknown value.`,
          `Use ${issue.values.map(String).join(' or ')}.`,
        ),
      ];
    case 'invalid_type':
      return [invalidType(source, issue)];
    default:
      return [
        problem(
          'field-invalid',
          source.positionOf(issue.path),
          `${name === '' ? 'The file' : name} cannot be used.`,
          said(issue.message),
        ),
      ];
  }
}

function invalidType(source: YamlSource, issue: z.core.$ZodIssueInvalidType): SourceProblem {
  const name = issue.path.map(String).join('.');
  if (valueAt(source.value, issue.path) === undefined)
    return problem(
      'field-missing',
      source.positionOf(issue.path),
      `${name} is missing.`,
      `Add "${String(issue.path.at(-1))}"; ${FORMAT_PAGE}.`,
    );
  return problem(
    'field-invalid',
    source.positionOf(issue.path),
    `${name === '' ? 'The file' : name} has a value of the wrong kind.`,
    `Write ${KINDS[issue.expected] ?? issue.expected} here.`,
  );
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'fields with values',
  record: 'names with values',
};

function unknownField(source: YamlSource, path: readonly PropertyKey[]): SourceProblem {
  const field = String(path.at(-1));
  const meant = closest(field, FIELD_NAMES);
  return problem(
    'field-unknown',
    source.keyPositionOf(path),
    `${path.map(String).join('.')} is not a field of campaign.yaml.`,
    meant === null ? `Remove it; ${FORMAT_PAGE}.` : `Did you mean "${meant}"? ${FORMAT_PAGE}.`,
  );
}

const FIELD_NAMES = [
  ...STEP_TYPE_NAMES,
  ...(
    'format name title summary theme locales brand defaults primary onPrimary secondary onSecondary ' +
    'link links target tracked partner label page document locks emails source subject preheader ' +
    'pages form fields required submit consent thanks doubleOptIn documents requiresForm slots kind surface slot ' +
    'size minSize box x y width height color align social text images landscape square story maxChars ' +
    'maxLines default sequence window from to weekdays steps key days hours businessDays at ' +
    'within then else next valid partnerMay click reply event lead list is isNot date holidays publicHolidays blackouts quietHours timeZone dailyLimit reentry holdOut percent test ' +
    'afterDays daysBefore daysAfter entries launch joined document start given confirmed exits goals ends leads clicks count withinDays remind escalate'
  ).split(' '),
];

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (node, part) =>
      typeof node === 'object' && node !== null ? (node as Record<PropertyKey, unknown>)[part] : undefined,
    value,
  );
}

const said = (message: string | undefined): string =>
  message === undefined ? `${FORMAT_PAGE}.` : message.endsWith('.') ? message : `${message}.`;

function problem(
  code: string,
  place: { line: number | null; column: number | null },
  message: string,
  remedy: string,
): SourceProblem {
  return { code, severity: 'error', file: FILE, ...place, message, remedy };
}
