import { randomUUID } from 'node:crypto';
import { openTestProduct, type TestProduct } from '../support/test-product.js';

describe('the query of a request', () => {
  let stage: TestProduct;
  beforeAll(async () => {
    stage = await openTestProduct();
  });
  afterAll(() => stage.close());

  it('has no parameter that its endpoint does not know, and the refusal lists those that it knows', async () => {
    const { owner } = stage.partner;
    for (const path of ['/api/v1/deals?stge=won', '/api/v1/deals/list.csv?stge=won']) {
      const { body } = await owner.get(path).expect(422);
      expect(body).toMatchObject({ code: 'request.invalid', field: 'stge' });
      expect(body.detail).toMatch(/stge.*stage/);
    }
    const { body } = await stage.vendor.editor.get('/api/v1/vendor-insight/returns?period=4-weeks').expect(422);
    expect(body.problems).toMatchObject([{ code: 'field.no-parameters', field: 'period' }]);
  });

  it('may have the version of a file, as the editor sends it so that no older one is shown', async () => {
    const { editor } = stage.vendor;
    const campaign = `/api/v1/campaigns/${randomUUID()}`;
    for (const files of [`${campaign}/versions/1/files`, `${campaign}/draft-files`]) {
      await editor.get(`${files}/bytes?path=documents%2Fa.pdf&of=0a1b`).expect(404);
      const { body } = await editor.get(`${files}/bytes?path=documents%2Fa.pdf&hash=0a1b`).expect(422);
      expect(body).toMatchObject({ code: 'request.invalid', field: 'hash' });
    }
  });

  it('is refused on every endpoint of the API, except those that others call', async () => {
    const document = (await stage.api.http.get('/api/openapi.json').expect(200)).body as {
      readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    };
    const lists = Object.entries(document.paths).filter(
      ([path, operations]) => path.startsWith('/api/v1/') && !path.includes('{') && 'get' in operations,
    );
    expect(lists.length).toBeGreaterThan(50);
    const accepting: string[] = [];
    for (const [path] of lists)
      for (const person of [stage.partner.owner, stage.vendor.editor]) {
        const { status, body } = await person.get(`${path}?nonsense=1`);
        if (status !== 403 && !(status === 422 && body.field === 'nonsense')) accepting.push(`${path}: ${status}`);
      }
    expect(accepting).toEqual([]);
  });

  it('may have parameters of others on public pages', async () => {
    stage.toWorkingHours();
    const { pagePath } = await stage.running();
    await stage.api.http.get(`${pagePath}?utm_source=mail`).expect(200);
  });

  it('has a value of a filter that exists, and the refusal lists the values', async () => {
    const { owner } = stage.partner;
    const { body } = await owner.get('/api/v1/deals?stage=wn').expect(422);
    expect(body.problems).toMatchObject([{ code: 'field.choice', field: 'stage' }]);
    expect(body.detail).toContain('open, overdue, qualified, proposal, negotiation, won, lost');
    const { body: period } = await owner.get('/api/v1/insight?period=forever').expect(422);
    expect(period.detail).toContain('4-weeks');
  });

  it('has a cursor that the list gave out, on every list', async () => {
    const document = (await stage.api.http.get('/api/openapi.json').expect(200)).body as {
      readonly paths: Readonly<
        Record<string, Readonly<Record<string, { readonly parameters?: readonly { readonly name: string }[] }>>>
      >;
    };
    const paged = Object.entries(document.paths).filter(
      ([path, { get }]) => !path.includes('{') && get?.parameters?.some(({ name }) => name === 'cursor'),
    );
    expect(paged.length).toBeGreaterThan(15);
    const restarting: string[] = [];
    for (const [path] of paged)
      for (const person of [stage.partner.owner, stage.vendor.editor])
        for (const cursor of ['nonsense', '', '99999999-9999-9999-9999-99999999999']) {
          const { status, body } = await person.get(`${path}?cursor=${cursor}`);
          if (status !== 403 && !(status === 422 && body.code === 'list.cursor')) restarting.push(`${path}: ${status}`);
        }
    expect(restarting).toEqual([]);
  });
});
