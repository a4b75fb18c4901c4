import { http, owner, stage } from '../../support/suite-product.js';
import { unique } from '../../support/unique.js';
import { until } from '../../support/until.js';

export const PERSON = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15';

/** A page with the partner's logo and its colour. */
export const BRANDED = /--brand:#0b5cad[\s\S]*<img src="data:image\/png;base64,[^"]+" alt="[^"]+"/;

/** What one mail gave to its reader. */
interface Received {
  readonly email: string;
  readonly path: string;
  readonly html: string;
  readonly leave: string;
  readonly view: string;
  readonly links: string[];
}

export const pathsIn = (text: string, door: string): string[] => [
  ...new Set([...text.matchAll(new RegExp(`/${door}/[\\w-]+`, 'g'))].map(([path]) => path)),
];
export const received = async (contact: object = {}, by = owner): Promise<Received> => {
  const list = await stage.aList(by, [contact]);
  const request = { versionId: stage.campaign.versionId, listId: list.id };
  const { body } = await stage.launch(by, request).expect(201);
  const email = list.emails[0]!;
  const [mail] = await stage.mailTo(email);
  const html = mail!.html as string;
  const path = `/api/v1/activations/${body.id}`;
  await until(async () => (await by.get(path)).body.steps[0]?.sent === 1, 'the record of the mail');
  const [leave] = pathsIn(JSON.stringify(mail!.headers.get('list')), 'u');
  return { email, path, html, leave: leave!, view: pathsIn(html, 'v')[0]!, links: pathsIn(html, 'l') };
};
export const contactOf = async (
  email: string,
  by = owner,
): Promise<{ id: string; suppression: { reason: string } | null }> => {
  const { body } = await by.get(`/api/v1/contacts?q=${encodeURIComponent(email)}`).expect(200);
  const found = (body.items as { id: string; email: string }[]).find((contact) => contact.email === email);
  return (await by.get(`/api/v1/contacts/${found!.id}`).expect(200)).body;
};
export const forged = (path: string): string[] => {
  const token = path.split('/').at(-1)!;
  const door = path.slice(0, -token.length);
  const changed = token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A');
  return [changed, token.slice(0, -1), `${token}A`, 'A'.repeat(token.length), '%00', '%27%20OR%201'].map(
    (one) => door + one,
  );
};
export const expectDeadEnd = ({ status, headers, text }: { status: number; headers: object; text: string }): void => {
  expect(status).toBe(404);
  expect(headers).toMatchObject({
    'content-type': expect.stringContaining('text/html'),
    'content-security-policy': expect.stringContaining("default-src 'none'"),
  });
  expect(text).toContain('Page not found');
  expect(text).not.toMatch(/not-found|requestId|<script/);
};
export const aPage = async (changes: object = {}): Promise<{ page: string; path: string }> => {
  const { pagePath, path } = await stage.running(owner, { startAt: stage.inDays(1), ...changes });
  return { page: pagePath, path };
};
export const visitor = (changes: object = {}): Record<string, string> => ({
  email: `visitor${unique()}@prospect.example`,
  firstName: 'Vera',
  lastName: 'Visitor',
  company: 'Prospects Ltd',
  consent: 'yes',
  ...changes,
});
export const leads = async (by = owner): Promise<{ id: string; email: string; message: string | null }[]> =>
  (await by.get('/api/v1/leads?limit=200').expect(200)).body.items;
export const send = (page: string, form: object) => http.post(`${page}/form`).type('form').send(form);
export const buttonOf = (text: string): string | undefined => /<button[^>]*>[^<]+<\/button>/.exec(text)?.[0];
export const told = (text: string): (string | undefined)[] =>
  [...text.matchAll(/<li><a href="#tc-\w+">([^<]*)<\/a>/g)].map(([, label]) => label);
