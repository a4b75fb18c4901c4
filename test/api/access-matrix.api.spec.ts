import type supertest from 'supertest';
import { newId, type UserId } from '#kernel';
import { type CallerPlan, CALLERS, OF_TWO_SIDES, RIGHTS, type Row, ROWS } from '../support/access-matrix.js';
import type { Browser } from '../support/api.js';
import { launchKey } from '../support/campaigns.js';
import {
  AccessWorld,
  type Credentials,
  hiddenFrom,
  hiddenFromManager,
  type HouseName,
  HOUSES,
  type Noun,
  secretOf,
  type Thing,
  wear,
} from '../support/access-world.js';

interface Caller extends CallerPlan {
  /** What it shows of itself; `spent`: it will be of no use afterwards. */
  readonly credentials: (spent: boolean) => Promise<Credentials>;
}
/** One request of the matrix, and what must come of it. */
interface Cell {
  readonly row: Row;
  readonly caller: Caller;
  /**
   * Whose thing it is: a house, somebody who does not exist, or null where the
   * row names nothing.
   */
  readonly whose: HouseName | 'nobody' | null;
  readonly expected: number;
}

const IS_WHOLE = process.env['THROUGHLINE_TEST_ALL'] === '1';
/** An organisation may upload three files at once. */
const AT_ONCE = 3;
/** Organisations that no caller of the matrix belongs to. */
const OTHERS = ['contoso', 'kessler', 'dunesoft'] as const;
/**
 * A public route reads no role: every kind of credentials, and the strongest
 * and weakest role of each side, ask it.
 */
const ASK_PUBLIC_ROUTES = [
  'nobody',
  'a made-up cookie',
  'a made-up key',
  'vendor owner',
  'vendor analyst',
  'partner owner',
  'partner viewer',
  'key of a vendor owner',
  'key of a partner owner, for contacts.read only',
  'a person of no organisation',
];
/** Of these, what `npm test` asks with: one of each kind of credentials. */
const ASK_PUBLIC_ROUTES_BY_DAY = [
  'nobody',
  'a made-up key',
  'vendor analyst',
  'partner owner',
  'key of a vendor owner',
];
const ASKING = IS_WHOLE ? ASK_PUBLIC_ROUTES : ASK_PUBLIC_ROUTES_BY_DAY;
/**
 * By day so many allowed callers change a thing of their own, which is made for
 * each of them; the others show with a thing of others that the guard lets them
 * pass (404, not 403).
 */
const CHANGE_OWN_BY_DAY = 2;
const MADE_UP = ['a made-up cookie', 'a made-up key'];
const SAFE = ['GET', 'HEAD'];
const methodOf = ({ route }: Row): 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' => route.split(' ')[0] as 'GET';

/** Rights that no API key has. */
const PERSON_ONLY: readonly Row['right'][] = [
  'team.edit',
  'partner-team.edit',
  'keys.edit',
  'signing-keys.edit',
  'terms.accept',
];

/** Looks after some partners of Northwind only. */
const isManager = ({ role }: CallerPlan): boolean => role === 'vendor channel-manager';

describe('access', () => {
  let world: AccessWorld;
  let callers: Caller[];
  let cells = 0;
  const objects = new Set<string>();
  const refusals = new Map<string, string>();
  let changesToOthers = 0;
  const reads = { vendors: 0, vendorsWithContact: 0, partnersWithContact: 0 };

  beforeAll(async () => {
    world = await AccessWorld.open();
    callers = [];
    for (const plan of CALLERS) callers.push({ ...plan, credentials: await credentialsFor(plan) });
    for (const house of HOUSES) {
      const nouns = new Set(ROWS.flatMap(({ of }) => of ?? []));
      for (const noun of nouns) if (world.housesOf(noun).includes(house)) await world.one(noun, house);
    }
    // On a busy machine the matrix takes longer than a confirmation holds.
    await world.api.asOwner(`UPDATE identity.session SET confirmed_at = now() + interval '1 day'`);
    expect(await entriesOfOthers()).toContain('activation.launched');
  }, 150_000);
  afterAll(async () => {
    process.stdout.write(
      `access matrix: ${ROWS.length} endpoints × ${CALLERS.length} callers × ${objects.size} kinds of object = ${cells} cells\n`,
    );
    await world.close();
  });

  /**
   * Opens a session or makes a key; for a session to spend, another person of
   * the same role signs in.
   */
  const credentialsFor = async (plan: CallerPlan): Promise<Caller['credentials']> => {
    if (plan.kind === 'nobody') {
      const made = { 'a made-up cookie': { cookie: 'throughline=made-up' }, 'a made-up key': { bearer: 'tl_made-up' } };
      return () => Promise.resolve(plan.name in made ? made[plan.name as keyof typeof made] : {});
    }
    const role = plan.role?.slice(plan.role.indexOf(' ') + 1) as 'owner' | undefined;
    if (plan.kind === 'key') {
      const body = {
        name: plan.name,
        role,
        ...(plan.narrowedTo === undefined ? {} : { permissions: [plan.narrowedTo] }),
      };
      const made = await world.owner(plan.home!).post('/api/v1/api-keys', body).expect(201);
      if (isManager(plan)) await world.giveToManager(made.body.id);
      return () => Promise.resolve({ bearer: made.body.key });
    }
    const houses = [plan.alsoOf, plan.home].filter((house): house is HouseName => house != null);
    const enter = async (): Promise<Credentials & { userId: UserId }> => {
      const { email, userId } = await world.person(houses.map((house) => [house, role!] as const));
      return { ...(await world.signIn(email, plan.home)), userId };
    };
    const lasting = await enter();
    if (isManager(plan)) await world.manage(lasting.userId);
    // Another person: a request may end all sessions of its person.
    return (spent) => (spent ? enter() : Promise.resolve(lasting));
  };

  const mayDo = (caller: Caller, { right }: Row): boolean => {
    if (right === 'public') return true;
    if (right === 'person') return caller.kind === 'person';
    if (caller.role === null) return false;
    if (caller.kind === 'key' && PERSON_ONLY.includes(right)) return false;
    if (caller.narrowedTo !== undefined && ![right, ...(OF_TWO_SIDES[right] ?? [])].includes(caller.narrowedTo))
      return false;
    return (RIGHTS[right] as readonly string[]).includes(caller.role);
  };
  const refusalOf = (caller: Caller, { right }: Row): number =>
    caller.kind === 'nobody' || right === 'person' ? 401 : 403;

  /**
   * By day each caller that may not ask at all asks for one thing, and callers
   * take turns with whose it is; a run of all suites asks for each.
   */
  const refusedFor = (whoseAll: readonly Cell['whose'][], caller: Caller): Cell['whose'][] => {
    const needed = whomRefusalNeeds(whoseAll, caller.home);
    const chosen = needed[callers.indexOf(caller) % needed.length];
    return IS_WHOLE || chosen === undefined ? needed : [chosen];
  };

  /**
   * By day an allowed caller asks for a thing of its own and for one other:
   * row-level security knows the organisation only, so callers of one
   * organisation take turns. Every other thing is still asked for.
   */
  const allowedFor = (row: Row, whoseAll: readonly Cell['whose'][], caller: Caller): Cell['whose'][] => {
    if (IS_WHOLE || row.right === 'public' || row.of === null) return [...whoseAll];
    const same = callers.filter((one) => one.home === caller.home && mayDo(one, row));
    const turn = same.indexOf(caller);
    const isOwn = (whose: Cell['whose']): boolean => whose === caller.home;
    const others = whoseAll.filter((whose) => !isOwn(whose));
    const chosen =
      same.length < others.length
        ? others.filter((_, at) => at % same.length === turn)
        : others.slice(turn % others.length, (turn % others.length) + 1);
    const first = ROWS.indexOf(row) % same.length;
    const isAsked = (turn - first + same.length) % same.length < CHANGE_OWN_BY_DAY;
    const asksOwn = isAsked || row.personOnly || SAFE.includes(methodOf(row));
    return [...(asksOwn ? whoseAll.filter(isOwn) : []), ...chosen];
  };

  /** By day a made-up cookie and a made-up key take turns: both are looked up before the guard looks for a right. */
  const asksByDay =
    (row: Row) =>
    ({ name }: Caller): boolean =>
      IS_WHOLE || !MADE_UP.includes(name) || MADE_UP.indexOf(name) === ROWS.indexOf(row) % MADE_UP.length;

  const cellsOf = (row: Row): Cell[] => {
    const whoseAll: Cell['whose'][] =
      row.of === null
        ? [null]
        : [...(row.right === 'public' ? (['brightwater'] as const) : world.housesOf(row.of)), 'nobody'];
    const asking =
      row.right === 'public' ? callers.filter(({ name }) => ASKING.includes(name)) : callers.filter(asksByDay(row));
    return asking.flatMap((caller) =>
      (mayDo(caller, row) ? allowedFor(row, whoseAll, caller) : refusedFor(whoseAll, caller))
        // A person may well switch to the other organisation of theirs.
        .filter((whose) => row.of !== 'organisation' || whose !== caller.alsoOf)
        .map((whose) => {
          const isOwn = whose === null || (whose !== 'nobody' && (row.right === 'public' || whose === caller.home));
          const missing = row.right === 'public' ? row.forged : 404;
          const own = row.personOnly && caller.kind !== 'person' ? 403 : row.status;
          const expected = mayDo(caller, row) ? (isOwn ? own : missing) : refusalOf(caller, row);
          return { row, caller, whose, expected };
        }),
    );
  };

  const thingOf = async ({ row, caller, whose, expected }: Cell): Promise<Thing> => {
    if (row.of === null || whose === null) return {};
    if (whose === 'nobody') {
      const model = await world.one(
        row.of,
        caller.home !== null && world.housesOf(row.of).includes(caller.home) ? caller.home : world.housesOf(row.of)[0]!,
      );
      return Object.fromEntries(Object.entries(model).map(([name, value]) => [name, madeUp(value)]));
    }
    // Who may and succeeds uses the thing up; who is refused leaves it as it
    // was.
    const isUsedUp = expected === row.status && !SAFE.includes(methodOf(row));
    return isUsedUp ? world.make(row.of, whose) : world.one(row.of, whose);
  };

  const request = async (cell: Cell, credentials: Credentials, given?: Thing): Promise<supertest.Response> => {
    const { row, caller } = cell;
    const thing = given ?? (await thingOf(cell));
    const home = caller.home ?? 'brightwater';
    const isPartner = !['northwind', 'contoso'].includes(home);
    const at = { world, thing, home: isPartner || row.right !== 'public' ? home : 'brightwater' } as const;
    const path = row.route
      .split(' ')[1]!
      .replace(/:(\w+)/g, (_, name: string) => ({ ...thing, ...row.path })[name] ?? name);
    const method = methodOf(row).toLowerCase() as 'get';
    const test = wear(world.http[method](path + row.query(at)).redirects(0), credentials);
    if (methodOf(row) === 'PUT') void test.set('If-Match', '*');
    await row.dress(test, at);
    return test;
  };

  /** Every read that is allowed is counted once, by the side of its caller. */
  const countRead = ({ home }: Caller, seen: string): void => {
    const hasContact = seen.includes(secretOf('brightwater'));
    if (home === 'northwind' || home === 'contoso') {
      reads.vendors += 1;
      if (hasContact) reads.vendorsWithContact += 1;
    } else if (home === 'brightwater' && hasContact) reads.partnersWithContact += 1;
  };

  /**
   * Audit entries of the organisations that no caller of the matrix belongs to.
   */
  const entriesOfOthers = async (): Promise<string> => {
    const ids = OTHERS.map((house) => world.idOf(house));
    const entries = await world.api.asOwner<{ action: string }>(
      `SELECT action, subject_id FROM audit.entry WHERE vendor_id = ANY ($1) OR partner_id = ANY ($1) ORDER BY id`,
      [ids],
    );
    return JSON.stringify(entries);
  };

  /** @returns what is wrong with the answer, or null. */
  const check = async (cell: Cell): Promise<string | null> => {
    const { row, caller, whose, expected } = cell;
    cells += 1;
    objects.add(kindOf(whose, caller.home));
    const response = await request(cell, await caller.credentials(row.endsSession && expected === row.status));
    const place = `${caller.name} → ${row.route}${whose === null ? '' : ` of ${whose}`}`;
    if (response.status !== expected)
      return `${place}: ${response.status} instead of ${expected} ${response.text.slice(0, 200)}`;
    if (row.right === 'public') return null;
    const seen = everythingIn(response);
    if (methodOf(row) === 'GET' && expected === 200) countRead(caller, seen);
    const hidden = [...hiddenFrom(caller.home), ...(isManager(caller) ? hiddenFromManager(world) : [])];
    const leaked = hidden.filter((mark) => seen.includes(mark));
    if (leaked.length > 0) return `${place}: shows ${leaked.join(', ')}`;
    return expected === 404 ? sameRefusal(cell, response, place) : null;
  };

  /** Nothing tells a thing of somebody else from one that does not exist. */
  const sameRefusal = ({ row, whose }: Cell, { body }: supertest.Response, place: string): string | null => {
    const { code, detail, title, type } = body as Record<string, string>;
    const answer = JSON.stringify([code, detail, title, type]);
    const known = refusals.get(row.route) ?? answer;
    refusals.set(row.route, known);
    return known === answer && code !== 'route.not-found'
      ? null
      : `${place}: ${whose} is told apart: ${answer} and ${known}`;
  };

  it('asks public routes as callers that there are', () => {
    const names = CALLERS.map(({ name }) => name);
    expect([...ASK_PUBLIC_ROUTES, ...ASK_PUBLIC_ROUTES_BY_DAY].filter((name) => !names.includes(name))).toEqual([]);
  });

  it('has a row for every endpoint of the running application, and no other', () => {
    const { router } = world.api.app.getHttpAdapter().getInstance() as {
      router: { stack: { route?: { path: string; methods: Record<string, boolean> } }[] };
    };
    const registered = router.stack.flatMap(({ route }) =>
      route === undefined ? [] : Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`),
    );
    expect(registered.length).toBeGreaterThan(90);
    expect(ROWS.map(({ route }) => route).sort()).toEqual([...new Set(registered)].sort());
  });

  it.each(ROWS.map((row) => [row.route, row] as const))('to %s is for whom it is meant', async (_, row) => {
    const all = cellsOf(row);
    const allowed = all.filter(({ expected }) => expected === row.status);
    const refused = all.filter((cell) => !allowed.includes(cell));
    const wrong: (string | null)[] = [];
    const isChange = !SAFE.includes(methodOf(row)) && row.right !== 'public';
    const before = isChange ? await entriesOfOthers() : '';
    if (isChange) changesToOthers += refused.filter(({ whose }) => OTHERS.some((house) => house === whose)).length;
    for (let at = 0; at < refused.length; at += AT_ONCE)
      wrong.push(...(await Promise.all(refused.slice(at, at + AT_ONCE).map(check))));
    // A request for a thing of another organisation leaves no trace there.
    if (isChange) expect(await entriesOfOthers()).toBe(before);
    for (const cell of allowed) wrong.push(await check(cell));
    expect(allowed.length).toBeGreaterThan(0);
    expect(wrong.filter((one) => one !== null)).toEqual([]);
  });

  it('has asked each kind of caller to change things of organisations beside its own', () => {
    expect(changesToOthers).toBeGreaterThan(IS_WHOLE ? 500 : 200);
  });

  describe('of a channel manager to a partner of others', () => {
    const about = ROWS.filter((row) => (RIGHTS[row.right] as readonly string[]).includes('vendor channel-manager'));

    it.each(about.map((row) => [row.route, row] as const))('is refused: %s', async (_, row) => {
      const thing = row.of === null ? null : await world.unmanaged(row.of);
      if (thing === null) return;
      for (const caller of callers.filter(isManager)) {
        const cell: Cell = { row, caller, whose: 'northwind', expected: 404 };
        const response = await request(cell, await caller.credentials(false), thing);
        expect([caller.name, response.status]).toEqual([caller.name, 404]);
      }
    });

    it('is asked for by each kind of thing that a vendor has of a partner', async () => {
      const nouns = new Set(about.flatMap(({ of }) => of ?? []));
      const asked: Noun[] = [];
      for (const noun of nouns) if ((await world.unmanaged(noun)) !== null) asked.push(noun);
      expect(asked.sort()).toEqual([
        'disclosed lead',
        'invited partner',
        'joined partner',
        'partner',
        'paused campaign',
        'run campaign',
      ]);
    });
  });

  it('shows no vendor role any field of a partner’s contact, by any route', () => {
    expect(reads.vendors).toBeGreaterThan(80);
    expect(reads.vendorsWithContact).toBe(0);
    expect(reads.partnersWithContact).toBeGreaterThan(20);
  });

  describe('without a CSRF token', () => {
    const changes = ROWS.filter((row) => !SAFE.includes(methodOf(row)) && row.right !== 'public');

    /**
     * One guard compares the token, before it looks for the route's right: by
     * day each route is asked without one and, in turns, with one wrong token.
     */
    const tokensFor = async (row: Row): Promise<(string | undefined)[]> => {
      const stranger = callers.find((one) => one.name === 'partner viewer')!;
      const wrong = ['', 'made-up', (await stranger.credentials(false)).csrfToken];
      return [undefined, ...(IS_WHOLE ? wrong : [wrong[changes.indexOf(row) % wrong.length]])];
    };

    it.each(changes.map((row) => [row.route, row] as const))('is refused to %s', async (_, row) => {
      const asking = ['vendor owner', 'partner owner']
        .map((name) => callers.find((one) => one.name === name)!)
        .filter((one) => mayDo(one, row) && (row.of === null || world.housesOf(row.of).includes(one.home!)));
      for (const caller of IS_WHOLE ? asking : asking.slice(0, 1)) {
        const { cookie } = await caller.credentials(false);
        const cell: Cell = { row, caller, whose: row.of === null ? null : caller.home, expected: 403 };
        for (const csrfToken of await tokensFor(row)) {
          const { status, body } = await request(cell, {
            cookie: cookie!,
            ...(csrfToken === undefined ? {} : { csrfToken }),
          });
          expect([status, body.code]).toEqual([403, 'session.csrf']);
        }
      }
    });
  });

  describe('a query that is nonsense', () => {
    interface Operation {
      readonly parameters?: readonly { readonly in: string; readonly name: string }[];
    }
    /** No id, no number, no date; a character that PostgreSQL does not store; an order of operators. */
    const NONSENSE = ['x', '\u0000', '%', '-1', '9'.repeat(30), "' OR 1=1--", '\ud800'];
    /** By day one for each parameter: those that a faulty list once failed at. */
    const nonsenseFor = (name: string): readonly string[] =>
      IS_WHOLE ? NONSENSE : [name === 'cursor' ? 'x' : '\u0000'];

    /** @returns what is wrong with the answer, or null. */
    const problemWith = async (row: Row, name: string, value: string): Promise<string | null> => {
      const caller = callers.find(
        (one) =>
          one.kind === 'person' && mayDo(one, row) && (row.of === null || world.housesOf(row.of).includes(one.home!)),
      )!;
      const query: Row['query'] = (at) => {
        const given = new URLSearchParams(row.query(at));
        given.set(name, value);
        return `?${given.toString()}`;
      };
      const cell: Cell = { row: { ...row, query }, caller, whose: row.of === null ? null : caller.home, expected: 0 };
      const place = `${row.route}?${name}=${JSON.stringify(value)}`;
      try {
        const { status, text } = await request(cell, await caller.credentials(false));
        return status < 500 ? null : `${place}: ${status} ${text.slice(0, 200)}`;
      } catch (error) {
        return `${place}: ${String(error)}`;
      }
    };

    it('is refused or ignored by every list and file, with a whole answer', async () => {
      const { body } = await world.http.get('/api/openapi.json').expect(200);
      const { paths } = body as { paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };
      const asked: string[] = [];
      const wrong: (string | null)[] = [];
      for (const row of ROWS.filter(({ right }) => right !== 'public')) {
        const path = row.route.split(' ')[1]!.replace(/:(\w+)/g, '{$1}');
        const { parameters = [] } = paths[path]?.[methodOf(row).toLowerCase()] ?? {};
        for (const { name } of parameters.filter((one) => one.in === 'query'))
          for (const value of nonsenseFor(name)) {
            asked.push(row.route);
            wrong.push(await problemWith(row, name, value));
          }
      }
      expect(wrong.filter((one) => one !== null)).toEqual([]);
      expect(asked).toContain('POST /api/v1/offers/:versionId/dry-run/people');
      expect(asked).toContain('GET /api/v1/audit-entries.csv');
      expect(new Set(asked).size).toBeGreaterThan(40);
    });
  });

  describe('an id of others in a body or a query', () => {
    const kessler = async (noun: Noun, field = 'id'): Promise<string> => (await world.one(noun, 'kessler'))[field]!;
    const contoso = async (noun: Noun): Promise<string> => (await world.one(noun, 'contoso'))['id']!;
    const own = async (noun: Noun): Promise<string> => (await world.one(noun, 'brightwater'))['id']!;
    const partner = (): Browser => world.owner('brightwater');
    const vendor = (): Browser => world.owner('northwind');
    const launch = (versionId: string, listId: string): supertest.Test =>
      partner().post('/api/v1/activations', { versionId, listId }).set('Idempotency-Key', launchKey());
    const newVersion = async (): Promise<Thing> => world.make('approved version', 'northwind');

    const attempts: readonly (readonly [string, string, () => Promise<supertest.Response>])[] = [
      [
        'the version of a launch',
        'campaign-version.not-found',
        async () => launch(await kessler('offer', 'versionId'), world.listOf('brightwater')),
      ],
      [
        'the list of a launch',
        'contact-list.not-found',
        async () => launch((await world.one('offer', 'brightwater'))['versionId']!, await kessler('contact list')),
      ],
      [
        'the list of an audience',
        'contact-list.not-found',
        async () => {
          const { versionId } = await world.one('offer', 'brightwater');
          return partner().get(`/api/v1/offers/${versionId}/audience?listId=${await kessler('contact list')}`);
        },
      ],
      [
        'the list whose contacts are asked for',
        'contact-list.not-found',
        async () => partner().get(`/api/v1/contacts?listId=${await kessler('contact list')}`),
      ],
      [
        'a list of a new contact',
        'contact-list.not-found',
        async () =>
          partner().post('/api/v1/contacts', { email: 'a@example.com', listIds: [await kessler('contact list')] }),
      ],
      [
        'a list that a contact joins',
        'contact-list.not-found',
        async () =>
          partner().patch(`/api/v1/contacts/${await own('contact')}`, { addToLists: [await kessler('contact list')] }),
      ],
      [
        'a list that a contact leaves',
        'contact-list.not-found',
        async () =>
          partner().patch(`/api/v1/contacts/${await own('contact')}`, {
            takeFromLists: [await kessler('contact list')],
          }),
      ],
      [
        'the list of an import',
        'contact-list.not-found',
        async () =>
          partner()
            .post('/api/v1/contact-imports')
            .field('consentBasis', 'customer')
            .field('listId', await kessler('contact list'))
            .attach('file', Buffer.from('email\na@example.com\n'), 'a.csv'),
      ],
      [
        'an asset asked for in an activation of one’s own',
        'asset.not-found',
        async () =>
          partner().get(
            `/api/v1/activations/${await own('running activation')}/assets/${await kessler('running activation', 'assetId')}`,
          ),
      ],
      [
        'the group of a publication',
        'partner-group.not-found',
        async () => {
          const { id } = await newVersion();
          const availability = { opensOn: world.day(0), closesOn: world.day(9) };
          const group = { partnerGroupIds: [await contoso('partner group')] };
          return vendor().post(`/api/v1/campaigns/${id}/versions/1/publish`, { ...group, ...availability });
        },
      ],
      [
        'the group of an extension',
        'partner-group.not-found',
        async () => {
          const { id } = await world.one('published campaign', 'northwind');
          const group = { partnerGroupIds: [await contoso('partner group')] };
          return vendor().post(`/api/v1/campaigns/${id}/versions/1/extend`, group);
        },
      ],
      [
        'a partner in the new group of an extension',
        'partner.not-found',
        async () => {
          const { id } = await world.one('published campaign', 'northwind');
          const newGroup = { name: 'Others', partnerIds: [await contoso('partner')] };
          return vendor().post(`/api/v1/campaigns/${id}/versions/1/extend`, { newGroup });
        },
      ],
      [
        'a partner in the rule of a new group',
        'partner.not-found',
        async () =>
          vendor().post('/api/v1/partner-groups', { name: 'Others', rule: { partnerIds: [await contoso('partner')] } }),
      ],
      [
        'a partner in the changed rule of a group',
        'partner.not-found',
        async () => {
          const { id } = await world.one('partner group', 'northwind');
          const rule = { partnerIds: [await contoso('partner')] };
          return vendor().put(`/api/v1/partner-groups/${id}`, { name: 'Others', rule });
        },
      ],
      [
        'a partner of a reminder',
        'partner.not-found',
        async () => vendor().post('/api/v1/partners/reminders', { partnerIds: [await contoso('partner')] }),
      ],
      [
        'the partner of a preview',
        'partner.not-found',
        async () => {
          const { id } = await world.one('campaign', 'northwind');
          return vendor().get(
            `/api/v1/campaigns/${id}/versions/1/preview/emails/welcome?partnerId=${await contoso('partner')}`,
          );
        },
      ],
    ];

    it.each(attempts)('is not found as %s', async (_, code, attempt) => {
      const { status, body } = await attempt();
      expect([status, body.code]).toEqual([404, code]);
    });
  });

  it('to the clock of a demonstration is nobody’s outside of it', async () => {
    for (const path of ['/time', '/api/v1/clock']) await world.http.get(path).expect(404);
    for (const path of ['/time', '/api/v1/clock/advance']) await world.http.post(path).send({ days: 1 }).expect(404);
  });
});

const VENDOR_OF: Readonly<Record<HouseName, HouseName>> = {
  northwind: 'northwind',
  contoso: 'contoso',
  brightwater: 'northwind',
  kessler: 'northwind',
  dunesoft: 'contoso',
};

/** What a thing is to who asks for it. */
function kindOf(whose: Cell['whose'], home: HouseName | null): string {
  if (whose === null || whose === 'nobody') return whose === null ? 'nothing named' : 'made up';
  if (home === null || whose === home) return home === null ? 'somebody’s' : 'own';
  const side = VENDOR_OF[whose] === whose ? 'vendor' : 'partner';
  return `${VENDOR_OF[whose] === VENDOR_OF[home] ? 'another' : 'a stranger'} ${side}’s`;
}

/**
 * Whoever lacks the right is refused before anything is looked up: of its own,
 * of one other and of nobody is enough to see it, and half as many requests as
 * of everybody.
 */
function whomRefusalNeeds(all: readonly Cell['whose'][], home: HouseName | null): Cell['whose'][] {
  const own = all.filter((whose) => whose === home);
  const other = all.filter((whose) => whose !== home && whose !== 'nobody').slice(0, 1);
  return [...own, ...other, ...all.filter((whose) => whose === 'nobody')];
}

/** Body and headers as text; an answer to HEAD and a file have no text. */
const everythingIn = ({ text, headers }: supertest.Response): string => JSON.stringify([text, headers]);

/** An identifier of the same form that nothing has. */
function madeUp(value: string): string {
  if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value)) return newId();
  if (/^\d+$/.test(value)) return value;
  if (/^[0-9a-f]{64}\./.test(value)) return value.replace(/^[0-9a-f]{64}/, '0'.repeat(64));
  return 'A'.repeat(value.length);
}
