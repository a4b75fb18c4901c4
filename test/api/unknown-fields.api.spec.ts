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
});
