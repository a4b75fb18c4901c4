import { z } from 'zod';
import { AudienceView, ContactLists, Offers } from '#contracts';
import { Person } from '../journeys/person.js';
import { PASSWORD, SEATS } from './portal-crowd.js';

/** May read everything of the vendor. */
export const VENDOR_OWNER = 'nora@northwind.example';
/** How often each request is repeated. */
const REPEATS = 20;

export type Side = 'vendor' | 'partner';
interface ListFigure {
  readonly side: Side;
  /** With its query. Ids are shortened. */
  readonly request: string;
  /** Number of items in the answer. */
  readonly items: number;
  readonly ms: readonly number[];
}
/**
 * The estimate of how many contacts of the longest list would get a campaign,
 * request by request.
 */
interface AudienceFigure {
  readonly contacts: number;
  /** Milliseconds of each request. */
  readonly looksMs: readonly number[];
}
export interface ListFigures {
  readonly lists: readonly ListFigure[];
  readonly audience: AudienceFigure;
  /**
   * Paths of lists without a user who may read them: add them to this bench.
   */
  readonly unmeasured: readonly string[];
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: Schema;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }>
  >;
}
interface OpenApi {
  readonly paths: Readonly<Record<string, { readonly get?: Operation }>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

const Items = z.looseObject({
  items: z.array(z.looseObject({ id: z.string().optional(), size: z.number().optional() })),
  nextCursor: z.string().nullish(),
});

/**
 * Where the ids for nested lists come from, if not from `id` in the list above.
 * The first of them is used.
 */
const PARENTS: Readonly<Record<string, { readonly list: string; readonly key: string }>> = {
  offers: { list: 'offers', key: 'versionId' },
};

/**
 * Search words that match many, few and none of the items of a list, by its
 * path.
 */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  campaigns: ['c', 'cloud cost', 'no-such-name'],
  contacts: ['crowd', 'schmidt', 'reader4711@', 'no-such-name'],
  suppressions: ['crowd', 'reader4700@', 'no-such-name'],
  partners: ['systems', 'systems 17', 'no-such-name'],
};
const OTHER_WORDS = ['e', 'no-such-name'];
const FILTERS_OF_CONTACTS = [
  'consent=unknown&q=no-such-name',
  'consent=recorded&suppressed=no&q=schmidt',
  'consent=expired&suppressed=yes',
];
/** Filters that users combine. */
const TOGETHER: Readonly<Record<string, readonly string[]>> = {
  contacts: FILTERS_OF_CONTACTS,
  'contacts/count': FILTERS_OF_CONTACTS,
  'disclosed-deals': ['sort=-amount&stage=open', 'sort=-sharedAt&q=no-such-name'],
  'programme-activity/partners': ['sort=-score&q=systems', 'sort=partner&step=launched&limit=200'],
  'vendor-insight/partners': ['sort=-partner&q=systems', 'sort=-sharedAt&shown=any-days', 'sort=partner&limit=200'],
  'activations/{id}/people': ['state=skipped&reason=suppressed', 'reason=no-such-reason'],
};
const day = (daysAgo: number): string => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);
const IN_A_YEAR = `from=${day(364)}&to=${day(0)}`;
/** What a request has to have. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  search: ['q=cloud', 'q=schmidt', 'q=no-such-name'],
  'campaign-plan': [`from=${day(60)}&to=${day(-60)}`],
  'insight/marks': [IN_A_YEAR],
  'vendor-insight/marks': [IN_A_YEAR],
};
/** Requests about a list whose answers have no items. */
const ABOUT_LISTS: readonly string[] = ['contacts/count', 'partners/progress'];

/** Every list of the API, for each side, with each of its filters. */
export async function measureLists(url: string, say: (line: string) => void): Promise<ListFigures> {
  const api = (await (await fetch(`${url}/api/openapi.json`)).json()) as OpenApi;
  const people = {
    partner: await Person.signIn(url, SEATS.partner, PASSWORD),
    vendor: await Person.signIn(url, VENDOR_OWNER, PASSWORD),
  };
  const lists: ListFigure[] = [];
  const unmeasured: string[] = [];
  for (const [path, operation] of listsOf(api)) {
    say(path);
    let isMeasured = false;
    for (const side of ['partner', 'vendor'] as const) {
      const asker = new Asker(people[side], side);
      for (const request of await asker.requests(path, operation)) {
        const figure = await asker.measure(request);
        if (figure !== null) lists.push(figure);
        isMeasured ||= figure !== null;
      }
    }
    if (!isMeasured) unmeasured.push(path);
  }
  say('the audience of the longest list');
  return { lists, unmeasured, audience: await measureAudience(people.partner) };
}

/** @throws Error if the sums of all requests are not the whole list. */
async function measureAudience(person: Person): Promise<AudienceFigure> {
  const [longest] = (await person.call('contact-lists', ContactLists)).items.toSorted((a, b) => b.size - a.size);
  const [offer] = (await person.call('offers', Offers)).items;
  if (longest === undefined || offer === undefined)
    throw new Error('There is no contact list to launch to, or no campaign to launch.');
  const looksMs: number[] = [];
  let [looked, after] = [0, ''];
  do {
    const startedAt = performance.now();
    const look = await person.call(`offers/${offer.versionId}/audience?listId=${longest.id}${after}`, AudienceView);
    looksMs.push(performance.now() - startedAt);
    looked += look.skipped.reduce((sum, { count }) => sum + count, look.willGet);
    after = look.nextAfter === null ? '' : `&after=${look.nextAfter}`;
  } while (after !== '');
  if (looked !== longest.size) throw new Error(`Of ${longest.size} contacts ${looked} were looked at.`);
  return { contacts: looked, looksMs };
}

/** Paths below `/api/v1` that answer with items, or are about them. */
function listsOf({ paths, components }: OpenApi): [string, Operation][] {
  const resolve = (schema: Schema | undefined): Schema | undefined =>
    schema?.$ref === undefined ? schema : components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''];
  const isList = ({ responses }: Operation): boolean => {
    const schema = resolve(Object.values(responses['200']?.content ?? {})[0]?.schema);
    return schema?.type === 'array' || resolve(schema?.properties?.['items'])?.type === 'array';
  };
  return Object.entries(paths).flatMap(([full, { get }]): [string, Operation][] => {
    const path = full.replace(/^\/api\/v1\//, '');
    return get !== undefined && (ABOUT_LISTS.includes(path) || isList(get)) ? [[path, get]] : [];
  });
}

/** A user of one side, with the ids for its requests. */
class Asker {
  constructor(
    private readonly person: Person,
    private readonly side: Side,
  ) {}

  /**
   * The list without and with each of its filters; empty if this side has no
   * such list.
   */
  async requests(path: string, { parameters = [] }: Operation): Promise<string[]> {
    const address = await this.address(path);
    const required = (REQUIRED[path] ?? []).map((query) => `${path}?${query}`);
    if (required.length > 0) return required;
    if (address === null || (await this.person.status(address)) !== 200) return [];
    const queries = [''];
    for (const { name, schema } of parameters.filter((one) => one.in === 'query'))
      queries.push(
        ...(await this.values(address, name, schema)).map((value) => `${name}=${encodeURIComponent(value)}`),
      );
    return [...queries, ...(TOGETHER[path] ?? [])].map((query) => (query === '' ? address : `${address}?${query}`));
  }

  async measure(request: string): Promise<ListFigure | null> {
    const ms: number[] = [];
    let answer = '';
    if ((await this.person.status(request)) !== 200) return null;
    for (let at = 0; at < REPEATS; at += 1) {
      const startedAt = performance.now();
      answer = await this.person.text(request);
      ms.push(performance.now() - startedAt);
    }
    const { data } = Items.safeParse(JSON.parse(answer));
    const shown = decodeURIComponent(request).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…');
    return { side: this.side, request: shown, items: data?.items.length ?? 0, ms };
  }

  /** The path with its ids filled in; null if there is no such object. */
  private async address(path: string): Promise<string | null> {
    let address = path;
    for (let hole = /\{(\w+)\}/.exec(address); hole !== null; hole = /\{(\w+)\}/.exec(address)) {
      const before = address.slice(0, hole.index - 1);
      const { list = before, key = 'id' } = PARENTS[before] ?? {};
      if (hole[1] === 'number') {
        address = address.replace(hole[0], '1');
        continue;
      }
      if ((await this.person.status(list)) !== 200) return null;
      const { items } = await this.person.call(list, Items);
      const id = items[0]?.[key];
      if (typeof id !== 'string') return null;
      address = address.replace(hole[0], id);
    }
    return address;
  }

  private async values(address: string, name: string, schema: Schema | undefined): Promise<readonly string[]> {
    if (schema?.enum !== undefined) return schema.enum;
    if (name === 'q') return WORDS[address.split('/')[0] ?? ''] ?? OTHER_WORDS;
    if (name === 'limit') return ['200'];
    if (name === 'cursor') {
      const { nextCursor } = await this.person.call(address, Items);
      return nextCursor == null ? [] : [nextCursor];
    }
    if (name === 'listId') {
      const { items } = await this.person.call('contact-lists', Items);
      const sized = items.toSorted((a, b) => (a.size ?? 0) - (b.size ?? 0)).map(({ id }) => id ?? '');
      return [sized[0] ?? '', sized.at(-1) ?? ''];
    }
    return [];
  }
}
