import type { DemoSignIn } from '#starter';
import { MAILS_KEPT } from './mailbox.js';
import type { StandaloneOptions } from './options.js';

/** What the banner shows besides addresses. */
interface Start {
  /** Empty without sample data. */
  readonly signIns: readonly DemoSignIn[];
  /** Link to the first-run page; null if there is a vendor. */
  readonly firstRun: string | null;
  /** Whether other machines reach the product. */
  readonly isOpen: boolean;
}

/** The text that is printed once everything runs: addresses, and how to enter. */
export function banner(options: StandaloneOptions, { signIns, firstRun, isOpen }: Start): string {
  const width = Math.max(0, ...signIns.map(({ email }) => email.length));
  const people = signIns
    .map(({ email, password, who }) => `    ${email.padEnd(width)}  ${password === null ? '' : `${password}  `}${who}`)
    .join('\n');
  const time = `    Time     http://localhost:${options.port}/time      move the calendar forward\n`;
  return `
  Throughline is ready.

    Portal   http://localhost:${options.port}
    Inbox    http://localhost:${options.mailboxPort}      all sent mail arrives here (the newest ${MAILS_KEPT.toLocaleString('en')})
${isOpen ? '' : time}    API      http://localhost:${options.port}/api/docs

${signIns.length === 0 ? wayIn(firstRun) : `  Sign in as\n${people}\n${isOpen ? passwordNote(signIns) : ''}`}
  Ctrl-C stops it. npm start continues. npm run reset deletes all data.
`;
}

const wayIn = (firstRun: string | null): string =>
  firstRun === null
    ? '  Sign in at the portal with your own account.\n'
    : `  There is no vendor yet. Found one within 24 hours at\n    ${firstRun}\n`;

function passwordNote(signIns: readonly DemoSignIn[]): string {
  return signIns.some(({ password }) => password !== null)
    ? '\n  The password is random, shown only now, and stored nowhere else. All sample accounts have it.\n'
    : '\n  The password is the one that the first start printed.\n';
}
