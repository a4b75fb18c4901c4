import { readFileSync } from 'node:fs';
import { WEBHOOK_EVENTS } from '#contracts';
import { RIGHTS, ROWS } from '../support/access-matrix.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';

/**
 * Why a vendor may see a field. `own`: its own input, or what the product did
 * with it. `partner`: a fact of a partner, by name or as a count of partners.
 * `released`: a number about contacts, released with noise. `consent`: a partner
 * or a person allowed it. `member`: of the caller and its colleagues. `server`:
 * what mail servers and providers report of messages, without a person.
 */
const KINDS = ['own', 'partner', 'released', 'consent', 'member', 'server'];
const LIST = 'test/support/vendor-fields.json';

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}
interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema?: Schema }>> }>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas?: Readonly<Record<string, Schema>> };
}

/**
 * Routes with a right that a role of vendors has, and those of each person who is
 * signed in: what they answer depends on the person's organisation.
 */
const VENDOR_ROUTES = ROWS.filter(
  ({ right }) => right === 'person' || RIGHTS[right].some((role) => role.startsWith('vendor')),
).map(({ route }) => route);

/** The fields of a schema: `campaigns.weeks.sent.value`. */
function fieldsOf(document: Document, schema: Schema, path = '', depth = 0): string[] {
  if (depth > 12) return [];
  if (schema.$ref !== undefined) {
    const found = document.components.schemas?.[schema.$ref.split('/').at(-1) ?? ''];
    return found === undefined ? [path] : fieldsOf(document, found, path, depth + 1);
  }
  const inner = [
    ...Object.entries(schema.properties ?? {}).map(
      ([name, one]) => [path === '' ? name : `${path}.${name}`, one] as const,
    ),
    ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].map((one) => [path, one] as const),
    ...(schema.items === undefined ? [] : [[path, schema.items] as const]),
    ...(typeof schema.additionalProperties === 'object' ? [[`${path}.*`, schema.additionalProperties] as const] : []),
  ];
  return inner.length === 0
    ? [path]
    : [...new Set(inner.flatMap(([to, one]) => fieldsOf(document, one, to, depth + 1)))];
}

/** Fills the parameters of addresses of reports. */
async function aRecall({ vendor: { editor } }: TestProduct): Promise<(path: string) => string> {
  const { body: campaigns } = await editor.get('/api/v1/campaigns?limit=1&state=published').expect(200);
  const id = campaigns.items[0].id as string;
  await editor.post(`/api/v1/campaigns/${id}/recall`, { reason: 'It has a mistake.' }).expect(200);
  const { body: recalls } = await editor.get(`/api/v1/campaigns/${id}/recalls`).expect(200);
  return (path) => path.replace(':id', id).replace(':recallId', recalls.items[0].id as string);
}

describe('what a vendor sees', () => {
  let stage: TestProduct;
  beforeAll(async () => {
    stage = await openTestProduct();
  });
  afterAll(() => stage.close());

  it('is in the list, with its kind: every field and CSV column of every endpoint', async () => {
    const document = (await stage.api.http.get('/api/openapi.json').expect(200)).body as Document;
    const seen = new Map<string, string[]>();
    const filledIn = await aRecall(stage);
    const owner = await stage.api.signIn(stage.vendor.vendorId, 'owner');
    for (const route of VENDOR_ROUTES) {
      const [method = '', path = ''] = route.split(' ');
      const operation = document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
      const [, answer] = Object.entries(operation?.responses ?? {}).find(([code]) => code.startsWith('2')) ?? [];
      const json = answer?.content?.['application/json']?.schema;
      if (json !== undefined) seen.set(route, fieldsOf(document, json));
      if (answer?.content?.['text/csv'] !== undefined) {
        const { text } = await owner.get(filledIn(path)).expect(200);
        seen.set(route, (text.replace('\ufeff', '').split('\r\n')[0] ?? '').split(','));
      }
    }
    for (const [event, { audience, data }] of Object.entries(WEBHOOK_EVENTS))
      if ((audience as readonly string[]).includes('vendor')) seen.set(`webhook ${event}`, Object.keys(data.shape));
    expect(seen.size).toBeGreaterThan(100);
    const list = JSON.parse(readFileSync(LIST, 'utf8')) as Record<string, Record<string, string[]>>;
    expect(
      Object.values(list)
        .flatMap((kinds) => Object.keys(kinds))
        .filter((kind) => !KINDS.includes(kind)),
    ).toEqual([]);
    const listed = Object.fromEntries(
      Object.entries(list).map(([route, kinds]) => [route, Object.values(kinds).flat().sort()]),
    );
    // A new field needs an answer to one question: what does it tell a vendor
    // about one person? A number about contacts must be a release.
    expect(Object.fromEntries([...seen].map(([route, fields]) => [route, [...fields].sort()]))).toEqual(listed);
  });
});
