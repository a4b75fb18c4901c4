import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as contracts from '#contracts';
import { packageRoot } from '#kernel';
import { openTestProduct, type TestProduct } from '../support/test-product.js';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}
interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> };
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas?: Readonly<Record<string, Schema>> };
}

/** Answers of authenticators, which browsers write, and to which they add fields: `authenticatorAttachment`. */
const WRITTEN_BY_BROWSERS = [
  'POST /api/v1/session/passkey ',
  'POST /api/v1/session/confirmation passkey',
  'POST /api/v1/account/passkeys response',
];

/** What zod says of a body. */
interface Parsed {
  readonly error?: { readonly issues: readonly { readonly code: string }[] };
}

/** Schemas of those answers. */
const ANSWERS_OF_BROWSERS = ['PasskeyAssertion'];

/** Places of a schema where an object takes fields that it does not name: `steps[].delay`. */
function openPlaces(document: Document, schema: Schema, path = '', depth = 0): string[] {
  if (depth > 12) throw new Error(`${path} is deeper than this looks.`);
  if (schema.$ref !== undefined) {
    const found = document.components.schemas?.[schema.$ref.split('/').at(-1) ?? ''];
    return found === undefined ? [path] : openPlaces(document, found, path, depth + 1);
  }
  const { properties, additionalProperties } = schema;
  const isOpen = properties !== undefined && additionalProperties !== false;
  return [
    ...(isOpen ? [path] : []),
    ...Object.entries(properties ?? {}).flatMap(([name, one]) =>
      openPlaces(document, one, path === '' ? name : `${path}.${name}`, depth + 1),
    ),
    ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].flatMap((one) =>
      openPlaces(document, one, path, depth + 1),
    ),
    ...(schema.items === undefined ? [] : openPlaces(document, schema.items, `${path}[]`, depth + 1)),
    ...(typeof additionalProperties === 'object'
      ? openPlaces(document, additionalProperties, `${path}.*`, depth + 1)
      : []),
  ];
}

describe('the bodies of requests', () => {
  let stage: TestProduct;
  beforeAll(async () => {
    stage = await openTestProduct();
  });
  afterAll(() => stage.close());

  it('refuse fields that they do not name, on every endpoint', async () => {
    const document = (await stage.api.http.get('/api/openapi.json').expect(200)).body as Document;
    const bodies = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, { requestBody }]) => {
        const schema = requestBody?.content['application/json']?.schema;
        return schema === undefined ? [] : [{ route: `${method.toUpperCase()} ${path}`, schema }];
      }),
    );
    expect(bodies.length).toBeGreaterThan(100);
    const open = bodies.flatMap(({ route, schema }) =>
      openPlaces(document, schema).map((place) => `${route} ${place}`),
    );
    expect(open.filter((place) => !WRITTEN_BY_BROWSERS.some((known) => place.startsWith(known)))).toEqual([]);
  });

  it('of forms with files refuse them, too', () => {
    const folder = join(packageRoot(), 'apps/api/src');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.controller.ts'),
    );
    const named = files.flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/@Body\(\{ schema: (\w+) \}\)/g)].map(([, name]) => name!),
    );
    expect(named.length).toBeGreaterThan(100);
    const schemas = contracts as unknown as Readonly<Record<string, { readonly safeParse?: (body: object) => Parsed }>>;
    const accepting = [...new Set(named)].filter((name) => {
      const { error } = schemas[name]?.safeParse?.({ 'a field that no body has': 1 }) ?? {};
      return error?.issues.some(({ code }) => code === 'unrecognized_keys' || code === 'invalid_union') !== true;
    });
    expect(accepting.filter((name) => !ANSWERS_OF_BROWSERS.includes(name))).toEqual([]);
  });
});
