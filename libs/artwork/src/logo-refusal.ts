/** Why an upload is not a usable logo. */
export interface LogoRefusal {
  readonly ok: false;
  readonly problem: { readonly code: string; readonly message: string; readonly wayOut: string };
}

export const refuse = (code: string, message: string, wayOut: string): LogoRefusal => ({
  ok: false,
  problem: { code, message, wayOut },
});
