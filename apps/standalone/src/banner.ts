import type { DemoSignIn } from '#starter';
import { MAILS_KEPT } from './mailbox.js';
import type { StandaloneOptions } from './options.js';

/**
 * The text that is printed once everything runs: addresses and sign-ins.
 * @param isOpen whether other machines reach the product.
 */
export function banner(options: StandaloneOptions, signIns: readonly DemoSignIn[], isOpen: boolean): string {
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

  Sign in as
${people}
${isOpen ? passwordNote(signIns) : ''}
  Ctrl-C stops it. npm start continues. npm run reset deletes all data.
`;
}

function passwordNote(signIns: readonly DemoSignIn[]): string {
  return signIns.some(({ password }) => password !== null)
    ? '\n  The password is random, shown only now, and stored nowhere else. All sample accounts have it.\n'
    : '\n  The password is the one that the first start printed.\n';
}
