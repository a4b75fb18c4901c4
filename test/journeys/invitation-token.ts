import { until } from '../support/until.js';
import type { Installation } from './installation.js';

/** The token of the link in an invitation that arrives at an address. */
export async function invitationToken({ mailbox }: Pick<Installation, 'mailbox'>, email: string): Promise<string> {
  await until(async () => (await mailbox.overview()).some(({ to }) => to === email), 'the invitation');
  const [mail] = await mailbox.mailsTo(email);
  const [, token] = /\/invitation\/([\w-]+)/.exec(mail?.text ?? '') ?? [];
  if (token === undefined) throw new Error('There is no link in the invitation.');
  return token;
}
