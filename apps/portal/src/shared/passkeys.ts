import { ApiProblem } from './api';
import { request } from './request';

/** Whether the browser can use passkeys: only in a secure context. */
export const canUsePasskeys = (): boolean => 'PublicKeyCredential' in window;

/**
 * Signs in with a passkey that the browser offers.
 * @throws ApiProblem also if the person cancels.
 */
export async function signInByPasskey() {
  const options = await request('POST /session/passkey/challenge');
  return request('POST /session/passkey', { body: await answer(options) });
}

/**
 * Confirms with a passkey that it is the signed-in person.
 * @throws ApiProblem also if the person cancels.
 */
export async function confirmByPasskey(): Promise<void> {
  const options = await request('POST /session/confirmation/challenge');
  await request('POST /session/confirmation', { body: { passkey: await answer(options) } });
}

/**
 * Creates a passkey and adds it to the account.
 * @throws ApiProblem also if the person cancels.
 */
export async function addPasskey(name: string) {
  const optionsJSON = await request('POST /account/passkeys/challenge');
  // Most screens use no passkeys: the library is loaded when it is needed.
  const { startRegistration } = await import('@simplewebauthn/browser');
  const response = await startRegistration({ optionsJSON }).catch(refuse);
  return request('POST /account/passkeys', { body: { name, response } });
}

async function answer(optionsJSON: {
  readonly challenge: string;
  readonly rpId: string;
  readonly allowCredentials: { type: 'public-key'; id: string }[];
}) {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  return startAuthentication({ optionsJSON }).catch(refuse);
}

/** Browsers do not tell a cancelled request from one without a passkey. */
function refuse(): never {
  throw new ApiProblem({
    type: 'about:blank',
    title: 'No passkey',
    status: 0,
    code: 'passkey.canceled',
    detail:
      'The browser used no passkey: the request was cancelled or has expired, or this device has none. Try again.',
  });
}
