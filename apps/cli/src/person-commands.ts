import { AccountSecurity, IdentityModule } from '#identity';
import type { Print } from './commands.js';
import { operator, withInstallation } from './operator-process.js';

/** Opens the sign-ins of people for one command. */
export async function withPeople(work: (security: AccountSecurity) => Promise<void>): Promise<void> {
  await withInstallation([IdentityModule], (app) => work(app.get(AccountSecurity)));
}

/**
 * Removes the passkeys, the authenticator app and the sessions of a person who
 * lost them. The password stays; the person gets an e-mail.
 */
export async function resetSecondFactor(security: AccountSecurity, email: string, print: Print): Promise<void> {
  await security.reset(operator(), email);
  print('Removed: passkeys, authenticator app, recovery codes and sessions. The password stays valid.');
}
