import type supertest from 'supertest';
import { newId } from '#kernel';
import { type AccessWorld, type HouseName, type Noun, secretOf, type Thing } from '../access-world.js';
import type { Right } from './rights.js';

/** What a request is made for. */
export interface At {
  readonly world: AccessWorld;
  /**
   * The organisation of the caller, or an unrelated one if the caller is not
   * signed in.
   */
  readonly home: HouseName;
  readonly thing: Thing;
}

/** An endpoint: who may call it, and how it is called. */
export interface Row {
  /**
   * As the running application has registered it: `GET /api/v1/contacts/:id`.
   */
  readonly route: string;
  readonly right: Right;
  /** What the path names; null where it names nothing. */
  readonly of: Noun | null;
  /** Answer to who may, for a thing of its own. */
  readonly status: number;
  /** Further path parameters. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: (at: At) => string;
  /** Puts the body on the request. */
  readonly dress: (test: supertest.Test, at: At) => void | Promise<void>;
  /**
   * A key is refused for things of its own; of others' it learns no more than
   * anybody.
   */
  readonly personOnly: boolean;
  /** The request ends the caller's session. */
  readonly endsSession: boolean;
  /** Answer to a made-up token. */
  readonly forged: number;
}

type Options = Partial<Omit<Row, 'route' | 'right'>>;

/** A row of the table: without options it names no thing, has no body and answers 200. */
export const row = (route: string, right: Right, options: Options = {}): Row => ({
  route,
  right,
  of: null,
  status: 200,
  path: {},
  query: () => '',
  dress: () => undefined,
  personOnly: false,
  endsSession: false,
  forged: 404,
  ...options,
});

/** A JSON body. */
export const json =
  (body: (at: At) => object): Row['dress'] =>
  (test, at) =>
    void test.send(body(at));

/** A file in a multipart form, with other fields. */
export const upload =
  (field: string, name: string, bytes: (at: At) => Promise<Buffer> | Buffer, fields: Record<string, string> = {}) =>
  async (test: supertest.Test, at: At): Promise<void> => {
    const file = await bytes(at);
    for (const [key, value] of Object.entries(fields)) void test.field(key, value);
    void test.attach(field, file, name);
  };

/** An address that no row has used. */
export const newEmail = ({ world, home }: At): string => `new${world.number}@${secretOf(home)}.example`;

export const LOGO = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><rect width="90" height="30" fill="#0b5cad"/></svg>',
);

/** Of no thing. */
export const UNKNOWN_ID = newId();
