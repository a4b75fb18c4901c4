/** Why an upload is not a usable logo. */
export interface LogoRefusal {
  readonly ok: false;
  readonly problem: { readonly code: string; readonly message: string; readonly remedy: string };
}

export const refuse = (code: string, message: string, remedy: string): LogoRefusal => ({
  ok: false,
  problem: { code, message, remedy },
});
