import { MINUTE_MS } from '#kernel';

/**
 * One request of a program: which link of the mail (by its place among the
 * visible ones, or the decoy), when, and how it names itself.
 */
interface ScannerVisit {
  /** After the visit before it. */
  readonly afterMs: number;
  readonly link: number | 'decoy';
  readonly method: 'GET' | 'HEAD';
  readonly userAgent: string;
  readonly address: string;
  /** Whether it follows the redirect. */
  readonly opensPage: boolean;
  /** What it sends besides its name. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface ScannerShape {
  readonly name: string;
  /** After the submission. */
  readonly startsMs: number;
  readonly visits: readonly ScannerVisit[];
}

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';
const EDGE = `${CHROME} Edg/126.0.0.0`;
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';
const ANYWHERE = '203.0.113.9';
/** What browsers send when a user follows a link. */
export const AS_BROWSERS_DO = {
  Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'Accept-Language': 'en-GB,en;q=0.9',
} as const;
const AS_SCRIPTS_DO = { Accept: '*/*' };

const visit = (changes: Partial<ScannerVisit> = {}): ScannerVisit => ({
  afterMs: 0,
  link: 0,
  method: 'GET',
  userAgent: CHROME,
  address: ANYWHERE,
  opensPage: true,
  headers: AS_BROWSERS_DO,
  ...changes,
});
const shape = (name: string, startsMs: number, ...visits: readonly Partial<ScannerVisit>[]): ScannerShape => ({
  name,
  startsMs,
  visits: visits.map(visit),
});

/**
 * One link after the other, from the first on, each so long after the one
 * before.
 */
const inTurn = (...gapsMs: readonly number[]): Partial<ScannerVisit>[] => [
  {},
  ...gapsMs.map((afterMs, at) => ({ afterMs, link: at + 1 })),
];

/**
 * Programs that identify themselves: milliseconds after the submission, and the
 * name.
 */
const BY_NAME: readonly (readonly [program: string, startsMs: number, userAgent: string])[] = [
  ['isbot: a crawler', MINUTE_MS, 'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)'],
  ['a chat’s preview', 2 * MINUTE_MS, 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)'],
  ['a messenger’s preview', 2 * MINUTE_MS, 'WhatsApp/2.24.12.78 A'],
  ['Teams’ preview', 2 * MINUTE_MS, 'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5'],
  ['Google’s image and link proxy', 2 * MINUTE_MS, 'Mozilla/5.0 (compatible; GoogleImageProxy)'],
  ['a script: curl', MINUTE_MS, 'curl/8.5.0'],
  ['a script: Go', MINUTE_MS, 'Go-http-client/2.0'],
  ['a script: Python', MINUTE_MS, 'python-requests/2.32.3'],
  ['a script: Java', MINUTE_MS, 'Java/17.0.11'],
  ['a headless browser that says so', MINUTE_MS, CHROME.replace('Chrome', 'HeadlessChrome')],
  ['no name at all', MINUTE_MS, ''],
  ['Trend Micro by name', MINUTE_MS, 'Mozilla/4.0 (compatible; TrendMicro WTP)'],
  ['Barracuda by name', MINUTE_MS, 'BarracudaCentral/1.0'],
  ['Symantec by name', MINUTE_MS, 'Mozilla/5.0 (Symantec.cloud URL follower)'],
  [
    'Apple’s link preview in a message that was passed on',
    30 * MINUTE_MS,
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0',
  ],
  ['Google’s safe browsing, as it names itself', 2 * MINUTE_MS, 'Google-Safety; +http://www.google.com/bot.html'],
  ['Telegram’s preview', 20 * MINUTE_MS, 'TelegramBot (like TwitterBot)'],
  ['Discord’s preview', 20 * MINUTE_MS, 'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)'],
  [
    'LinkedIn’s preview',
    20 * MINUTE_MS,
    'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)',
  ],
  ['Facebook’s preview', 20 * MINUTE_MS, 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)'],
  ['Mattermost’s preview', 20 * MINUTE_MS, 'Mattermost-Bot/1.1'],
  ['Outlook’s own preview', 10 * MINUTE_MS, `${CHROME} OutlookLinkPreview`],
  ['Office that asks before the browser does', 10 * MINUTE_MS, 'Mozilla/4.0 (compatible; ms-office; MSOffice 16)'],
  ['Zscaler by name', MINUTE_MS, 'Zscaler'],
  ['Fortinet by name', MINUTE_MS, 'FortiMail'],
  ['a crawler that goes on from link to link, as okhttp', 3 * MINUTE_MS, 'okhttp/4.12.0'],
];

/**
 * How mail gateways, link checkers and prefetchers come to a mail's links,
 * after what their makers document and what postmasters have published: by
 * network, by name, by hurry, in a burst, with HEAD, on an invisible link, or
 * without a further step.
 */
export const SCANNER_TRAFFIC: readonly ScannerShape[] = [
  ...BY_NAME.map(([program, startsMs, userAgent]) => shape(program, startsMs, { userAgent })),
  shape('Microsoft Safe Links at delivery, as Edge, from Exchange Online', MINUTE_MS, {
    userAgent: EDGE,
    address: '40.107.22.81',
  }),
  shape('Microsoft Safe Links over IPv6', MINUTE_MS, { userAgent: EDGE, address: '2a01:111:f403:c111::9' }),
  shape('Proofpoint URL Defense, as Chrome', 3 * MINUTE_MS, { address: '148.163.130.9' }, { afterMs: 400, link: 1 }),
  shape('Mimecast URL Protect', MINUTE_MS, { address: '207.211.30.40' }),
  shape('Barracuda Link Protection', MINUTE_MS, { address: '209.222.82.5' }),
  shape('Cisco Secure Email', MINUTE_MS, { address: '216.71.154.2' }),
  shape('a gateway that checks with HEAD and then stops', MINUTE_MS, { method: 'HEAD', opensPage: false }),
  shape(
    'HEAD and GET by one program within a second',
    MINUTE_MS,
    { method: 'HEAD', opensPage: false },
    { afterMs: 100, link: 1 },
    { afterMs: 100, link: 0 },
  ),
  shape('a sandbox that opens the mail as it arrives', 800, {}),
  shape('a sandbox on a phone’s name, as it arrives', 1_500, { userAgent: IPHONE }),
  shape('every link within a second', MINUTE_MS, {}, { afterMs: 150, link: 1 }),
  shape(
    'every link, the decoy with them, a second apart',
    MINUTE_MS,
    {},
    { afterMs: 1_000, link: 1 },
    { afterMs: 1_000, link: 'decoy' },
  ),
  shape('the decoy first', MINUTE_MS, { link: 'decoy' }, { afterMs: 5_000 }, { afterMs: 20_000, link: 1 }),
  shape('a checker that reads the redirect and stops', 5 * MINUTE_MS, { link: 0, opensPage: false }),
  shape(
    'the same link three times in a second, then another',
    MINUTE_MS,
    {},
    { afterMs: 100 },
    { afterMs: 100 },
    { afterMs: 300, link: 1 },
  ),
  shape(
    'a gateway at delivery, and again a day later',
    1_000,
    {},
    { afterMs: 24 * 60 * MINUTE_MS, address: '40.92.10.10' },
  ),
  shape('Proofpoint’s sandbox, as Chrome on Linux, page and all', 4 * MINUTE_MS, {
    userAgent: CHROME.replace('Windows NT 10.0; Win64; x64', 'X11; Linux x86_64'),
    address: '67.231.156.20',
  }),
  shape(
    'HEAD on every link, then nothing',
    MINUTE_MS,
    ...[0, 1, 2].map((link) => ({ afterMs: 300, link, method: 'HEAD' as const, opensPage: false })),
  ),
  shape(
    'HEAD sweep, decoy with it, and a GET of the first an hour later that is not followed',
    MINUTE_MS,
    { method: 'HEAD', opensPage: false },
    { afterMs: 200, link: 1, method: 'HEAD', opensPage: false },
    { afterMs: 200, link: 'decoy', method: 'HEAD', opensPage: false },
    { afterMs: 60 * MINUTE_MS, opensPage: false },
  ),
  shape(
    'Apple’s mail privacy proxy, which prefetches what it takes for pictures',
    5_000,
    { userAgent: 'Mozilla/5.0', address: '17.58.97.4', opensPage: false },
    { afterMs: 50, link: 1, userAgent: 'Mozilla/5.0', address: '17.58.97.4' },
  ),
  shape(
    'homes’ addresses, one for each link, within a second, hours later',
    180 * MINUTE_MS,
    { address: '86.130.4.9', userAgent: IPHONE },
    { afterMs: 400, link: 1, address: '92.18.77.3' },
    { afterMs: 300, link: 2, address: '81.2.69.160', userAgent: EDGE },
  ),
  shape('a home’s address that reads where the link leads, and stops', 180 * MINUTE_MS, {
    address: '86.130.4.9',
    userAgent: IPHONE,
    opensPage: false,
  }),
  shape(
    'a sandbox that opens link after link, three seconds apart, as the mail arrives',
    20_000,
    ...inTurn(3_000, 3_000),
  ),
  shape('a sandbox that waits at random between links, as the mail arrives', 30_000, ...inTurn(7_300, 23_900)),
  shape(
    'a sandbox that takes its time, and then the decoy',
    45_000,
    {},
    { afterMs: 20_000, link: 1 },
    { afterMs: 30_000, link: 'decoy' },
  ),
  shape(
    'a sandbox that follows one link, and the decoy a minute later',
    10_000,
    {},
    { afterMs: 58_000, link: 'decoy' },
  ),
  shape('a sandbox with a steady beat of fifty seconds', 55_000, ...inTurn(50_000, 50_000)),
  shape(
    'homes’ addresses, one for each link, at random distances, as the mail arrives',
    50_000,
    { address: '86.130.4.9', userAgent: IPHONE },
    { afterMs: 12_100, link: 1, address: '92.18.77.3' },
    { afterMs: 17_700, link: 2, address: '81.2.69.160', userAgent: EDGE },
  ),
  shape(
    'HEAD, then GET, link by link and slowly',
    20 * MINUTE_MS,
    { method: 'HEAD', opensPage: false },
    { afterMs: 5_000 },
    { afterMs: 3_000, link: 1, method: 'HEAD', opensPage: false },
    { afterMs: 5_000, link: 1 },
    { afterMs: 3_000, link: 2 },
  ),
  shape(
    'HEAD on all, then GET on all, four seconds apart',
    20 * MINUTE_MS,
    ...[0, 1, 2].map((link) => ({ afterMs: 4_000, link, method: 'HEAD' as const, opensPage: false })),
    ...[0, 1, 2].map((link) => ({ afterMs: 4_000, link })),
  ),
  shape(
    'HEAD from a gateway, and a browser in its cloud that goes slowly, to the decoy, too',
    40 * MINUTE_MS,
    { method: 'HEAD', opensPage: false, address: '40.107.22.81' },
    { afterMs: 9_000, address: '20.50.3.4' },
    { afterMs: 31_000, link: 'decoy', address: '20.50.3.5' },
  ),
  shape(
    'a script with a browser’s name, slowly, hours later',
    180 * MINUTE_MS,
    { headers: AS_SCRIPTS_DO },
    { afterMs: 10_000, link: 1, headers: AS_SCRIPTS_DO },
    { afterMs: 21_000, link: 2, headers: AS_SCRIPTS_DO },
  ),
  shape(
    'a script with a browser’s name, one address for each link, and the decoy last',
    180 * MINUTE_MS,
    { headers: AS_SCRIPTS_DO, address: '86.130.4.9' },
    { afterMs: 26_000, link: 1, headers: AS_SCRIPTS_DO, address: '92.18.77.3' },
    { afterMs: 29_000, link: 'decoy', headers: AS_SCRIPTS_DO, address: '81.2.69.160' },
  ),
  shape(
    'a script that fetches as scripts within pages do',
    180 * MINUTE_MS,
    { headers: { ...AS_BROWSERS_DO, 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'empty' } },
    { afterMs: 40_000, link: 'decoy', headers: AS_SCRIPTS_DO },
  ),
  shape('a browser that fetches what may be asked for next', 15 * MINUTE_MS, {
    headers: { ...AS_BROWSERS_DO, 'Sec-Purpose': 'prefetch;prerender' },
  }),
  shape('a mail program that previews links', 15 * MINUTE_MS, {
    userAgent: IPHONE,
    headers: { ...AS_BROWSERS_DO, 'X-Purpose': 'preview' },
  }),
];

/**
 * Whole browsers from nowhere known that begin long after the mail arrived, one
 * page after another: the first of their links is a person's in every respect,
 * and only what follows gives them away. By then a sequence that listens has
 * gone on, unless programs were known to follow links in the person's mail.
 */
export const LATE_TRAFFIC: readonly ScannerShape[] = [
  shape(
    'slowly, with the decoy in between',
    10 * MINUTE_MS,
    {},
    { afterMs: 25_000, link: 'decoy' },
    { afterMs: 25_000, link: 1 },
  ),
  shape(
    'slowly, with the decoy last',
    60 * MINUTE_MS,
    {},
    { afterMs: 30_000, link: 1 },
    { afterMs: 28_000, link: 'decoy' },
  ),
  shape(
    'homes’ addresses that come slowly, and to the decoy, too',
    180 * MINUTE_MS,
    { address: '86.130.4.9', userAgent: IPHONE },
    { afterMs: 20_000, link: 'decoy', address: '92.18.77.3' },
    { afterMs: 20_000, link: 1, address: '81.2.69.160' },
  ),
  shape('three links in eight seconds, each page opened', 45 * MINUTE_MS, ...inTurn(4_000, 4_000)),
  shape('three links at random distances, hours later', 240 * MINUTE_MS, ...inTurn(6_400, 31_700)),
  shape('a steady beat of a minute', 90 * MINUTE_MS, ...inTurn(60_000, 60_000)),
  shape(
    'homes’ addresses, hours later, and the decoy fifty seconds on',
    240 * MINUTE_MS,
    { address: '86.130.4.9', userAgent: IPHONE },
    { afterMs: 50_000, link: 'decoy', address: '92.18.77.3' },
  ),
];

/**
 * What people do that looks odd, and counts all the same: how many clicks of
 * theirs there are, and who makes them.
 */
export interface HonestShape extends ScannerShape {
  /**
   * Clicks that are a person's; others in it may be a machine's beside them.
   */
  readonly humanClicks: number;
}

const honest = (
  name: string,
  startsMs: number,
  humanClicks: number,
  ...visits: readonly Partial<ScannerVisit>[]
): HonestShape => ({ ...shape(name, startsMs, ...visits), humanClicks });

/** People. Link 0 leads to the landing page. */
export const HONEST_TRAFFIC: readonly HonestShape[] = [
  honest('a contact who reads, clicks and stays', 5 * MINUTE_MS, 1, {}),
  honest('a contact who has waited for it', 4_000, 1, { userAgent: IPHONE }),
  honest('a double click', 5 * MINUTE_MS, 2, {}, { afterMs: 180 }),
  honest('a phone first, a desk later', 30 * MINUTE_MS, 2, { userAgent: IPHONE }, { afterMs: 50 * MINUTE_MS }),
  honest('first the page, then the demo, half a minute later', 5 * MINUTE_MS, 2, {}, { afterMs: 30_000, link: 1 }),
  honest('two tabs, three seconds apart', 5 * MINUTE_MS, 2, {}, { afterMs: 3_000, link: 1 }),
  honest(
    'a colleague who got it forwarded',
    30 * MINUTE_MS,
    2,
    { userAgent: EDGE },
    { afterMs: 26 * 60 * MINUTE_MS, userAgent: IPHONE, address: '198.51.100.44' },
  ),
  honest('one of an office behind one address', 8 * MINUTE_MS, 1, { address: '198.51.100.7' }),
  honest('another of that office, in the same second', 8 * MINUTE_MS, 1, { address: '198.51.100.7', userAgent: EDGE }),
  honest(
    'Safe Links at the time of the click, and the person behind it',
    20 * MINUTE_MS,
    1,
    { userAgent: EDGE, address: '40.107.22.81', opensPage: false },
    { afterMs: 1_500, userAgent: EDGE },
  ),
  honest(
    'Office that asks first, and the browser that it opens',
    20 * MINUTE_MS,
    1,
    { userAgent: 'Mozilla/4.0 (compatible; ms-office; MSOffice 16)', opensPage: false },
    { afterMs: 300, userAgent: EDGE },
  ),
  honest('within an app', 12 * MINUTE_MS, 1, {
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 330.0.0.0',
  }),
  honest('an old browser', 12 * MINUTE_MS, 1, {
    userAgent: 'Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko',
  }),
  honest('a contact who goes to the vendor’s own page alone', 12 * MINUTE_MS, 1, { link: 1 }),
  honest('a contact who clicks again after a scanner', 1_000, 1, {}, { afterMs: 24 * 60 * MINUTE_MS }),
  honest('a contact at the mailbox', 12_000, 1, { userAgent: IPHONE }),
  honest('a contact whose proxy removes the language', 20 * MINUTE_MS, 1, { headers: { Accept: 'text/html' } }),
  honest(
    'a contact whose browser prefetched',
    20 * MINUTE_MS,
    1,
    { headers: { ...AS_BROWSERS_DO, 'Sec-Purpose': 'prefetch' } },
    { afterMs: 8_000 },
  ),
  honest(
    'a contact who reads every page for some minutes',
    20 * MINUTE_MS,
    3,
    {},
    { afterMs: 4 * MINUTE_MS, link: 1 },
    { afterMs: 7 * MINUTE_MS, link: 2 },
  ),
  honest(
    'two pages, and a third an hour later',
    20 * MINUTE_MS,
    3,
    {},
    { afterMs: 9_000, link: 1 },
    { afterMs: 60 * MINUTE_MS, link: 2 },
  ),
];
