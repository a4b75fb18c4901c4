import type { DemoSignIn } from '#starter';
import { MAILS_KEPT } from './mailbox.js';
import type { StandaloneOptions } from './options.js';

/** The text that is printed once everything runs: addresses and sign-ins. */
export function banner(options: StandaloneOptions, signIns: readonly DemoSignIn[]): string {
  const width = Math.max(0, ...signIns.map(({ email }) => email.length));
  const people = signIns
    .map(({ email, password, who }) => `    ${email.padEnd(width)}  ${password}  ${who}`)
    .join('\n');
  return `
  Throughline is ready.

    Portal   http://localhost:${options.port}
    Inbox    http://localhost:${options.mailboxPort}      all sent mail arrives here (the newest ${MAILS_KEPT.toLocaleString('en')})
    Time     http://localhost:${options.port}/time      move the calendar forward
    API      http://localhost:${options.port}/api/docs

  Sign in as
${people}

  Ctrl-C stops it. npm start continues. npm run reset deletes all data.
`;
}
